using System.Linq.Expressions;
using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Media;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Services.Localization;
using Nop.Services.Media;
using Nop.Services.Messages;
using Nop.Services.Orders;
using NSubstitute;

namespace Nop.Plugin.Misc.SupportSdk.Tests;

/// <summary>The mail of a shop as lists. What is written inside a transaction that does not complete is taken back.</summary>
internal sealed class ShopMail
{
    public List<MessageTemplate> Templates { get; } = [];

    /// <summary>The stores that a template is limited to.</summary>
    public List<StoreMapping> Mappings { get; } = [];

    public List<LocalizedProperty> Localized { get; } = [];

    public List<QueuedEmail> Queue { get; } = [];

    public List<QueuedDelivery> Deliveries { get; } = [];

    public List<Download> Files { get; } = [];

    public List<OrderNote> Notes { get; } = [];

    public Dictionary<string, string> Words { get; } = new(StringComparer.Ordinal);

    private readonly Dictionary<int, Dictionary<string, string>> _words = [];

    /// <summary>The words of one language, by their names in small letters.</summary>
    public Dictionary<string, string> WordsOf(int languageId)
    {
        _words.TryAdd(languageId, new Dictionary<string, string>(StringComparer.Ordinal));
        return _words[languageId];
    }

    /// <summary>Happens before a row of ours is written; a test makes it fail here.</summary>
    public Action<QueuedDelivery> OnMapping { get; set; } = _ => { };

    /// <summary>How the transactions were isolated in which mail was queued.</summary>
    public List<IsolationLevel> Isolations { get; } = [];

    public void AddTo(IServiceCollection services, List<Order> orders)
    {
        services.AddSingleton(Table(Localized));
        services.AddSingleton(Table(Mappings));
        services.AddSingleton(Table(Queue));
        services.AddSingleton(Table(Deliveries, row => OnMapping(row)));
        AddTemplates(services);
        AddQueue(services);
        AddNotes(services, orders);
    }

    /// <summary>An active template with a text.</summary>
    public MessageTemplate Write(string name, string subject, string body)
    {
        var template = Templates.Find(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        if (template is null)
        {
            template = new MessageTemplate { Id = Templates.Count + 1, Name = name };
            Templates.Add(template);
        }

        (template.Subject, template.Body, template.IsActive) = (subject, body, true);
        return template;
    }

    private static IRepository<T> Table<T>(List<T> rows, Action<T>? before = null)
        where T : BaseEntity
    {
        var table = Substitute.For<IRepository<T>>();
        table.Table.Returns(_ => rows.ToList().AsQueryable());
        table
            .InsertAsync(null!, false)
            .ReturnsForAnyArgs(call =>
            {
                before?.Invoke(call.Arg<T>());
                Insert(rows, call.Arg<T>());
                return Task.CompletedTask;
            });
        table
            .DeleteAsync(Arg.Any<Expression<Func<T, bool>>>())
            .ReturnsForAnyArgs(call => rows.RemoveAll(row => call.Arg<Expression<Func<T, bool>>>().Compile()(row)));
        return table;
    }

    private static void Insert<T>(List<T> rows, T row)
        where T : BaseEntity
    {
        row.Id = row.Id == 0 ? rows.Select(other => other.Id).DefaultIfEmpty().Max() + 1 : row.Id;
        rows.Add(row);
        if (Transaction.Current is { } transaction)
        {
            transaction.TransactionCompleted += (_, done) =>
            {
                if (done.Transaction?.TransactionInformation.Status == TransactionStatus.Aborted)
                {
                    rows.Remove(row);
                }
            };
        }
    }

    private void AddTemplates(IServiceCollection services)
    {
        var templates = Substitute.For<IMessageTemplateService>();
        templates
            .GetMessageTemplatesByNameAsync("")
            .ReturnsForAnyArgs(call =>
                Templates.FindAll(template => string.Equals(template.Name, call.Arg<string>(), StringComparison.Ordinal) && IsFor(template, call.Arg<int?>()))
            );
        templates
            .InsertMessageTemplateAsync(null!)
            .ReturnsForAnyArgs(call =>
            {
                Insert(Templates, call.Arg<MessageTemplate>());
                return Task.CompletedTask;
            });
        templates.WhenForAnyArgs(known => known.DeleteMessageTemplateAsync(null!)).Do(call => Templates.Remove(call.Arg<MessageTemplate>()));
        services.AddSingleton(templates);

        var localized = Substitute.For<ILocalizedEntityService>();
        localized
            .WhenForAnyArgs(known => known.SaveLocalizedValueAsync<MessageTemplate>(null!, null!, "", 0))
            .Do(call =>
                Insert(
                    Localized,
                    new LocalizedProperty
                    {
                        EntityId = call.Arg<MessageTemplate>().Id,
                        LocaleKeyGroup = nameof(MessageTemplate),
                        LocaleKey = ((MemberExpression)call.Arg<Expression<Func<MessageTemplate, string>>>().Body).Member.Name,
                        LocaleValue = call.Arg<string>(),
                        LanguageId = call.Arg<int>(),
                    }
                )
            );
        services.AddSingleton(localized);

        var localization = Substitute.For<ILocalizationService>();
        localization
            .GetLocalizedAsync<MessageTemplate, string>(null!, null!)
            .ReturnsForAnyArgs(call => Localize(call.Arg<MessageTemplate>(), call.Arg<Expression<Func<MessageTemplate, string>>>(), call.Arg<int?>() ?? 0));
        localization.GetResourceAsync("", 0).ReturnsForAnyArgs(call => Words.GetValueOrDefault(call.ArgAt<string>(0), call.ArgAt<string>(3)));
        localization
            .WhenForAnyArgs(known => known.AddOrUpdateLocaleResourceAsync(null!))
            .Do(call =>
            {
                foreach (var (key, value) in call.Arg<IDictionary<string, string>>())
                {
                    Words.TryAdd(key, value);
                    WordsOf(call.Arg<int?>() ?? 0)[key.ToLowerInvariant()] = value;
                }
            });
        localization
            .GetAllResourceValuesAsync(0, null)
            .ReturnsForAnyArgs(call =>
                WordsOf(call.Arg<int>()).ToDictionary(word => word.Key, word => new KeyValuePair<int, string>(1, word.Value), StringComparer.Ordinal)
            );
        localization
            .WhenForAnyArgs(known => known.DeleteLocaleResourcesAsync(""))
            .Do(call =>
            {
                foreach (var key in Words.Keys.Where(key => key.StartsWith(call.Arg<string>(), StringComparison.Ordinal)).ToList())
                {
                    Words.Remove(key);
                }
            });
        services.AddSingleton(localization);
    }

    private bool IsFor(MessageTemplate template, int? storeId) =>
        storeId is null or 0 || !template.LimitedToStores || Mappings.Exists(mapping => mapping.EntityId == template.Id && mapping.StoreId == storeId);

    private string Localize(MessageTemplate template, Expression<Func<MessageTemplate, string>> key, int languageId)
    {
        var name = ((MemberExpression)key.Body).Member.Name;
        return Localized
                .Find(value =>
                    value.EntityId == template.Id && string.Equals(value.LocaleKey, name, StringComparison.Ordinal) && value.LanguageId == languageId
                )
                ?.LocaleValue
            ?? key.Compile()(template);
    }

    private void AddQueue(IServiceCollection services)
    {
        var queue = Substitute.For<IQueuedEmailService>();
        queue
            .InsertQueuedEmailAsync(null!)
            .ReturnsForAnyArgs(call =>
            {
                if (Transaction.Current is { } transaction)
                {
                    Isolations.Add(transaction.IsolationLevel);
                }

                Insert(Queue, call.Arg<QueuedEmail>());
                return Task.CompletedTask;
            });
        services.AddSingleton(queue);

        var files = Substitute.For<IDownloadService>();
        files
            .InsertDownloadAsync(null!)
            .ReturnsForAnyArgs(call =>
            {
                Insert(Files, call.Arg<Download>());
                return Task.CompletedTask;
            });
        files.GetDownloadByIdAsync(0).ReturnsForAnyArgs(call => Files.Find(file => file.Id == call.Arg<int>()));
        files.WhenForAnyArgs(known => known.DeleteDownloadAsync(null!)).Do(call => Files.Remove(call.Arg<Download>()));
        services.AddSingleton(files);
    }

    private void AddNotes(IServiceCollection services, List<Order> orders)
    {
        var notes = Substitute.For<IOrderService>();
        notes.GetOrderByIdAsync(0).ReturnsForAnyArgs(call => orders.Find(order => order.Id == call.Arg<int>()));
        notes.GetOrderNotesByOrderIdAsync(0).ReturnsForAnyArgs(call => Notes.FindAll(note => note.OrderId == call.Arg<int>()));
        notes.WhenForAnyArgs(known => known.InsertOrderNoteAsync(null!)).Do(call => Insert(Notes, call.Arg<OrderNote>()));
        services.AddSingleton(notes);
    }
}
