using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>The JSON of the API, whatever the application has set up for its own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    MaxDepth = MaxDepth,
    Converters = [
        typeof(ApiMomentConverter),
        typeof(ApiSpanConverter),
        typeof(ApiEnumConverter<WrittenKind>),
        typeof(ApiEnumConverter<TicketKind>),
        typeof(ApiEnumConverter<TicketStatus>),
        typeof(ApiEnumConverter<TicketPriority>),
        typeof(ApiEnumConverter<TicketRelation>),
        typeof(ApiEnumConverter<TicketEntryKind>),
        typeof(ApiEnumConverter<SlaMetric>),
        typeof(ApiEnumConverter<SlaTime>),
        typeof(ApiEnumConverter<SlaClockState>),
        typeof(ApiEnumConverter<SlaAudience>),
        typeof(ApiEnumConverter<SlaOnChange>),
        typeof(ApiEnumConverter<ExactFit>),
        typeof(ApiEnumConverter<OrderStatus>),
        typeof(ApiEnumConverter<TrackingStatus>),
        typeof(ApiEnumConverter<PromiseSource>),
        typeof(ApiEnumConverter<DecisionVerdict>),
        typeof(ApiEnumConverter<DeliveryState>),
    ]
)]
[JsonSerializable(typeof(TicketModel))]
[JsonSerializable(typeof(TicketPage))]
[JsonSerializable(typeof(MessageModel))]
[JsonSerializable(typeof(MessageAdded))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(FileModel))]
[JsonSerializable(typeof(CustomerModel))]
[JsonSerializable(typeof(CustomerPage))]
[JsonSerializable(typeof(ErasureModel))]
[JsonSerializable(typeof(PolicyList))]
[JsonSerializable(typeof(CalendarList))]
[JsonSerializable(typeof(DueModel))]
[JsonSerializable(typeof(TicketOpening))]
[JsonSerializable(typeof(TicketChanges))]
[JsonSerializable(typeof(MessageWriting))]
[JsonSerializable(typeof(TicketMerging))]
[JsonSerializable(typeof(TicketSplitting))]
[JsonSerializable(typeof(CustomerChanges))]
[JsonSerializable(typeof(CustomerMerging))]
[JsonSerializable(typeof(CustomerErasing))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public const int MaxDepth = 16;
}

/// <summary>The same JSON, in which letters of every language stay letters.</summary>
internal static class ApiText
{
    public static ApiJson Json { get; } = new(new JsonSerializerOptions(ApiJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });
}
