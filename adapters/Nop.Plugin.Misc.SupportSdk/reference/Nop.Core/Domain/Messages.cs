using Nop.Core.Configuration;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;

namespace Nop.Core.Domain.Messages;

public class AdditionalTokensAddedEvent
{
    public IList<string> AdditionalTokens { get; } = new List<string>();

    public virtual void AddTokens(params string[] additionalTokens)
    {
        foreach (var token in additionalTokens)
        {
            AdditionalTokens.Add(token);
        }
    }
}

public class EmailAccount : BaseEntity
{
    public string Email { get; set; }
    public string DisplayName { get; set; }
    public string Host { get; set; }
    public int Port { get; set; }
    public int MaxNumberOfEmails { get; set; }
}

public class EmailAccountSettings : ISettings
{
    public int DefaultEmailAccountId { get; set; }
}

public class MessageTemplate : BaseEntity, ILocalizedEntity, IStoreMappingSupported
{
    public string Name { get; set; }
    public string BccEmailAddresses { get; set; }
    public string Subject { get; set; }
    public string Body { get; set; }
    public bool IsActive { get; set; }
    public int? DelayBeforeSend { get; set; }
    public int DelayPeriodId { get; set; }
    public int AttachedDownloadId { get; set; }
    public bool AllowDirectReply { get; set; }
    public int EmailAccountId { get; set; }
    public bool LimitedToStores { get; set; }
}

public class QueuedEmail : BaseEntity
{
    public int PriorityId { get; set; }
    public string From { get; set; }
    public string FromName { get; set; }
    public string To { get; set; }
    public string ToName { get; set; }
    public string ReplyTo { get; set; }
    public string ReplyToName { get; set; }
    public string CC { get; set; }
    public string Bcc { get; set; }
    public string Subject { get; set; }
    public string Body { get; set; }
    public string AttachmentFilePath { get; set; }
    public string AttachmentFileName { get; set; }
    public int AttachedDownloadId { get; set; }
    public DateTime CreatedOnUtc { get; set; }
    public DateTime? DontSendBeforeDateUtc { get; set; }
    public int SentTries { get; set; }
    public DateTime? SentOnUtc { get; set; }
    public int EmailAccountId { get; set; }
}
