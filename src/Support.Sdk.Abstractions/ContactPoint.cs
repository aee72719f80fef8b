namespace Support.Sdk;

/// <summary>Where a person can be reached.</summary>
/// <param name="Channel">The name of the channel, for example <c>email</c>.</param>
/// <param name="Value">The address in the channel's own form: an e-mail address, a phone number, a handle.</param>
public sealed record ContactPoint(string Channel, string Value);
