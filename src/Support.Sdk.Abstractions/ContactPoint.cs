namespace Support.Sdk;

/// <summary>Where a person can be reached.</summary>
/// <param name="Channel">The name of the channel, for example <c>email</c>.</param>
/// <param name="Value">The address in the channel's own form: an e-mail address, a phone number, a handle.</param>
public sealed record ContactPoint(string Channel, string Value)
{
    /// <summary>The same contact point as it is looked up: without blanks around it, an e-mail address in lower case.</summary>
    /// <remarks>
    /// Stores compare contact points in this form, ordinally. RFC 5321, section 2.4, lets the part before the @ differ by case; no
    /// provider that people use does, and one person written in two ways must not count as two.
    /// </remarks>
    public ContactPoint Canonical()
    {
        var value = Value.Trim();
        return this with { Value = string.Equals(Channel, "email", StringComparison.Ordinal) ? value.ToLowerInvariant() : value };
    }
}
