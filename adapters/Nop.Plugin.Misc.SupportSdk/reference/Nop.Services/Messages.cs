using Nop.Core.Domain.Messages;

namespace Nop.Services.Messages;

public interface IEmailAccountService
{
    Task<EmailAccount> GetEmailAccountByIdAsync(int emailAccountId);

    Task<IList<EmailAccount>> GetAllEmailAccountsAsync();
}

public interface IEmailSender
{
    Task SendEmailAsync(
        EmailAccount emailAccount,
        string subject,
        string body,
        string fromAddress,
        string fromName,
        string toAddress,
        string toName,
        string replyToAddress = null,
        string replyToName = null,
        IEnumerable<string> bcc = null,
        IEnumerable<string> cc = null,
        string attachmentFilePath = null,
        string attachmentFileName = null,
        int attachedDownloadId = 0,
        IDictionary<string, string> headers = null
    );
}

public interface IMessageTemplateService
{
    Task DeleteMessageTemplateAsync(MessageTemplate messageTemplate);

    Task InsertMessageTemplateAsync(MessageTemplate messageTemplate);

    Task<MessageTemplate> GetMessageTemplateByIdAsync(int messageTemplateId);

    Task<IList<MessageTemplate>> GetMessageTemplatesByNameAsync(string messageTemplateName, int? storeId = null);
}

public interface INotificationService
{
    void SuccessNotification(string message, bool encode = true, int timeout = 0);

    void WarningNotification(string message, bool encode = true, int timeout = 0);

    void ErrorNotification(string message, bool encode = true, int timeout = 0);
}

public interface IQueuedEmailService
{
    Task InsertQueuedEmailAsync(QueuedEmail queuedEmail);

    Task<QueuedEmail> GetQueuedEmailByIdAsync(int queuedEmailId);
}
