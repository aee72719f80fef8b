using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Gives the engine the shop's mail, and the notes of its orders.</summary>
internal sealed class MailPart(IServiceScopeFactory scopes, TimeProvider time) : IEnginePart
{
    public void AddTo(ISupportBuilder support, SupportSetup setup)
    {
        support.Services.AddSingleton<IChannel>(new QueuedMailChannel(scopes, time));
        support.Services.AddSingleton<IOrderWriteBack>(services => new OrderNotes(scopes, services.GetRequiredService<IOutboxStore>(), setup.Shops));
    }
}
