namespace Support.Sdk.Templates;

/// <summary>The values that a template can print, by name: text, numbers, flags, lists and further models.</summary>
/// <remarks>A further model can be given as the way to make it, and is made when it is asked for.</remarks>
internal sealed class TemplateModel : Dictionary<string, object>
{
    public TemplateModel()
        : base(StringComparer.Ordinal) { }

    /// <summary>Adds a model that few templates ask for.</summary>
    public void Add(string name, Func<TemplateModel> make) => base.Add(name, make);
}

/// <summary>Text that is HTML already.</summary>
/// <param name="Html">The text.</param>
internal sealed record RawHtml(string Html)
{
    public override string ToString() => Html;
}

internal enum ShapeKind
{
    Text,
    Number,
    Flag,
    List,
    Model,
}

/// <summary>What kind of value stands where, so that a template can be checked without values.</summary>
internal sealed record Shape(ShapeKind Kind, Shape? Item = null, IReadOnlyDictionary<string, Shape>? Members = null)
{
    public static readonly Shape Text = new(ShapeKind.Text);
    public static readonly Shape Number = new(ShapeKind.Number);
    public static readonly Shape Flag = new(ShapeKind.Flag);

    /// <summary>The shape of a full example; its lists must not be empty.</summary>
    public static Shape Of(object value) =>
        value switch
        {
            string or RawHtml => Text,
            int => Number,
            bool => Flag,
            Func<TemplateModel> make => Of(make()),
            TemplateModel model => new Shape(
                ShapeKind.Model,
                Members: model.ToDictionary(member => member.Key, member => Of(member.Value), StringComparer.Ordinal)
            ),
            IReadOnlyList<object> list => new Shape(ShapeKind.List, Item: Of(list[0])),
            _ => throw new ArgumentException($"A template cannot print a {value.GetType().Name}.", nameof(value)),
        };
}
