using Microsoft.AspNetCore.Http;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>How an answer is answered.</summary>
internal static class FormStatus
{
    public static int Of(FormOutcome outcome) =>
        outcome switch
        {
            FormOutcome.Accepted or FormOutcome.Robot => StatusCodes.Status202Accepted,
            FormOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
            FormOutcome.Limited => StatusCodes.Status429TooManyRequests,
            FormOutcome.Busy => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status400BadRequest,
        };
}
