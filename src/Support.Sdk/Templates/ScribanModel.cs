using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Support.Sdk.Templates;

/// <summary>A model as Scriban reads it, which can note what a template asks of it.</summary>
internal sealed class ScribanModel : ScriptObject
{
    private readonly string _path;
    private readonly HashSet<string> _asked;

    // Unless told otherwise, Scriban offers the static methods of a derived class to templates.
    private ScribanModel(TemplateModel model, string path, HashSet<string> asked)
        : base(model.Count, autoImportStaticsFromThisType: false, StringComparer.Ordinal)
    {
        (_path, _asked) = (path, asked);
        foreach (var (name, value) in model)
        {
            SetValue(name, Script(value, path.Length == 0 ? name : $"{path}.{name}", asked), readOnly: true);
        }
    }

    /// <param name="model">The values.</param>
    /// <param name="asked">Collects the values that were looked at, as paths such as <c>delay.certainty</c>.</param>
    public static ScribanModel Of(TemplateModel model, HashSet<string> asked) => new(model, path: "", asked);

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        _asked.Add(_path.Length == 0 ? member : $"{_path}.{member}");
        return base.TryGetValue(context, span, member, out value);
    }

    private static object Script(object value, string path, HashSet<string> asked) =>
        value switch
        {
            TemplateModel model => new ScribanModel(model, path, asked),
            IReadOnlyList<object> list => new ScriptArray(list.Select(item => Script(item, path, asked))),
            _ => value,
        };
}
