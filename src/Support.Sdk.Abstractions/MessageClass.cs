namespace Support.Sdk;

/// <summary>Why a message is sent, which decides the consent that it needs.</summary>
public enum MessageClass
{
    /// <summary>Part of carrying out the contract, such as a delay notice; sent unless the customer refused the channel for it.</summary>
    Transactional,

    /// <summary>Promotion; sent only with consent.</summary>
    Marketing,
}
