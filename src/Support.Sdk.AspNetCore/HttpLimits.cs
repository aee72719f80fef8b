using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Support.Sdk.AspNetCore;

/// <summary>How much a request may bring, and when it may come again.</summary>
internal static class HttpLimits
{
    /// <summary>Sets how many bytes the server reads of the body, where that can still be set; null where something else counts them.</summary>
    public static void LimitBody(this HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytes;
        }
    }

    /// <summary>Says after how long to ask again, in whole seconds (RFC 9110, section 10.2.3); null says nothing.</summary>
    public static void AskAgainAfter(this HttpResponse response, TimeSpan? pause)
    {
        if (pause is { } known)
        {
            response.Headers.RetryAfter = Math.Ceiling(known.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
