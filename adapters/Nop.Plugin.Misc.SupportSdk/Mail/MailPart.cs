using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Gives the engine the shop's mail, which goes with the person who is erased, and the notes of its orders.</summary>
internal sealed class MailPart(IServiceScopeFactory scopes, TimeProvider time) : IEnginePart
{
    public void AddTo(ISupportBuilder support, SupportSetup setup)
    {
        support.Services.AddSingleton<IChannel>(new QueuedMailChannel(scopes, time));
        support.Services.AddSingleton<PrivacyStore>();
        support.Services.AddSingleton<IPrivacyStore>(services => new MailErasure(services.GetRequiredService<PrivacyStore>(), scopes));
        support.Services.AddSingleton<IOrderWriteBack>(services => new OrderNotes(scopes, services.GetRequiredService<IOutboxStore>(), setup.Shops));
    }
}
