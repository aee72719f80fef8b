using System.Linq.Expressions;
using System.Reflection;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>The settings that the form shows, each of which a store may have for itself.</summary>
internal static class SettingFields
{
    public static IReadOnlyList<SettingField> All { get; } =
    [
        new SettingField<SupportMode>(own => own.Mode),
        new SettingField<string>(own => own.TimeZone),
        new SettingField<string>(own => own.Country),
        new SettingField<string>(own => own.OpeningHours),
        new SettingField<string>(own => own.Tells),
        new SettingField<string>(own => own.ShipsUnpaid),
        new SettingField<Observed>(own => own.RecordsDeliveries),
        new SettingField<bool>(own => own.RecordsScans),
        new SettingField<string>(own => own.StaffEmail),
        new SettingField<int>(own => own.HoldFirst),
        new SettingField<int>(own => own.EmailAccountId),
        new SettingField<bool>(own => own.WritesOrderNotes),
        new SettingField<string>(own => own.Contact),
        new SettingField<string>(own => own.Signature),
        new SettingField<string>(own => own.Color),
        new SettingField<string>(own => own.Logo),
        new SettingField<string>(own => own.ReturnAddress),
    ];
}

/// <summary>One setting.</summary>
internal abstract class SettingField(MemberInfo member)
{
    private readonly PropertyInfo _setting = (PropertyInfo)member;
    private readonly PropertyInfo _overrides = typeof(ConfigureModel).GetProperty($"Overrides{member.Name}")!;

    public string Name => _setting.Name;

    /// <summary>Whether the form says that the chosen store has its own.</summary>
    public bool IsOverridden(ConfigureModel model) => _overrides.GetValue(model) is true;

    public void Override(ConfigureModel model, bool isOverridden) => _overrides.SetValue(model, isOverridden);

    public void Copy(SupportSettings from, SupportSettings to) => _setting.SetValue(to, _setting.GetValue(from));

    public abstract Task<bool> IsOwnAsync(ISettingService service, SupportSettings settings, int store);

    public abstract Task SaveAsync(ISettingService service, SupportSettings settings, bool isOwn, int store);
}

/// <inheritdoc/>
internal sealed class SettingField<T>(Expression<Func<SupportSettings, T>> setting) : SettingField(((MemberExpression)setting.Body).Member)
{
    private readonly Expression<Func<SupportSettings, T>> _setting = setting;

    public override Task<bool> IsOwnAsync(ISettingService service, SupportSettings settings, int store) =>
        service.SettingExistsAsync(settings, _setting, store);

    public override Task SaveAsync(ISettingService service, SupportSettings settings, bool isOwn, int store) =>
        service.SaveSettingOverridablePerStoreAsync(settings, _setting, isOwn, store, clearCache: false);
}
