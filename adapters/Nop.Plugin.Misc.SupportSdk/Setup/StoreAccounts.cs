using Nop.Core.Domain.Messages;
using Nop.Services.Messages;

namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>Finds the mail account of a store: its own, else the shop's default, else any.</summary>
internal sealed class StoreAccounts(IEmailAccountService accounts, EmailAccountSettings defaults)
{
    public async Task<EmailAccount?> OfAsync(SupportSettings own) =>
        (own.EmailAccountId == 0 ? null : await accounts.GetEmailAccountByIdAsync(own.EmailAccountId))
        ?? await accounts.GetEmailAccountByIdAsync(defaults.DefaultEmailAccountId)
        ?? (await accounts.GetAllEmailAccountsAsync()).FirstOrDefault();
}
