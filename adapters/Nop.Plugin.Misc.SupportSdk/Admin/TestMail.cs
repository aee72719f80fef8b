using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Messages;
using Nop.Services.Stores;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Sends whoever is at the admin a test mail through a store's account, and says what happened.</summary>
internal sealed class TestMail(
    TestMailClock clock,
    IStoreService stores,
    ISettingService settings,
    StoreAccounts accounts,
    IEmailSender sender,
    IWorkContext work,
    AdminWords words
)
{
    public async Task<TestMailResult> SendAsync(int storeId)
    {
        var to = (await work.GetCurrentCustomerAsync())?.Email;
        if (string.IsNullOrWhiteSpace(to))
        {
            return new TestMailResult(false, await words.OfAsync("Admin.Test.NoAddress"));
        }

        var store = await stores.GetStoreByIdAsync(storeId);
        var account = store is null ? null : await accounts.OfAsync(await settings.LoadSettingAsync<SupportSettings>(store.Id));
        if (store is null || string.IsNullOrWhiteSpace(account?.Email))
        {
            return new TestMailResult(false, await words.OfAsync("Admin.Test.NoAccount"));
        }

        if (!clock.MaySend())
        {
            return new TestMailResult(false, await words.OfAsync("Admin.Test.TooSoon"));
        }

        try
        {
            var subject = await words.OfAsync("Admin.Test.Subject", store.Name);
            var body = $"<p>{System.Net.WebUtility.HtmlEncode(await words.OfAsync("Admin.Test.Body", store.Name))}</p>";
            await sender.SendEmailAsync(account, subject, body, account.Email, account.DisplayName, to, to);
            return new TestMailResult(true, await words.OfAsync("Admin.Test.Sent", to, account.Host ?? ""));
        }
        catch (Exception exception)
        {
            // Whatever the mail server says is what the person at the admin has to know.
            return new TestMailResult(false, await words.OfAsync("Admin.Test.Failed", account.Host ?? "", exception.Message));
        }
    }
}

/// <summary>What came of a test mail.</summary>
/// <param name="IsSent">Whether the mail server took it.</param>
/// <param name="Text">What happened, in words.</param>
internal sealed record TestMailResult(bool IsSent, string Text);

/// <summary>Lets one test mail a minute through.</summary>
internal sealed class TestMailClock(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public bool MaySend()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now < _next)
            {
                return false;
            }

            _next = now + Pause;
            return true;
        }
    }
}
