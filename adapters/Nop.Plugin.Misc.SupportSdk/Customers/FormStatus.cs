using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What a form that was not taken is answered with.</summary>
internal static class FormStatus
{
    public static int Of(FormOutcome outcome) =>
        outcome switch
        {
            FormOutcome.Limited => StatusCodes.Status429TooManyRequests,
            FormOutcome.Accepted => StatusCodes.Status200OK,
            _ => StatusCodes.Status400BadRequest,
        };
}
