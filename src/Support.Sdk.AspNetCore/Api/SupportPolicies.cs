namespace Support.Sdk.AspNetCore;

/// <summary>The names of the authorization policies that protect the HTTP API.</summary>
/// <remarks>
/// <para>
/// Define a policy of one of these names to decide yourself who fulfils it. Where the application defines none,
/// <c>AddSupportApi()</c> does: it is fulfilled by a role claim of the same name, and by whoever fulfils the policy above it. An
/// admin is a lead, a lead is an agent, and an agent may do what an external agent may.
/// </para>
/// <para>
/// The resource of a policy is the <see cref="Microsoft.AspNetCore.Http.HttpContext"/>, and every address names its shop, in its path
/// or as the query parameter <c>shop</c>: a policy may let somebody into one shop only.
/// </para>
/// </remarks>
public static class SupportPolicies
{
    /// <summary>Somebody of another company: answers tickets, and sees neither names nor addresses of customers.</summary>
    public const string ExternalAgent = "support-external-agent";

    /// <summary>Answers tickets, and sees and changes customers.</summary>
    public const string Agent = "support-agent";

    /// <summary>Besides, merges and splits tickets, and merges customers.</summary>
    public const string Lead = "support-lead";

    /// <summary>Besides, hands out and erases all that is stored about a customer.</summary>
    public const string Admin = "support-admin";
}
