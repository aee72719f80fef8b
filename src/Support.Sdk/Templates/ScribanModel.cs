using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Support.Sdk.Templates;

/// <summary>A model as Scriban reads it: values are handed over when they are asked for, and what was asked for is noted.</summary>
internal sealed class ScribanModel : ScriptObject
{
    private readonly TemplateModel _model;
    private readonly string _path;
    private readonly HashSet<string> _asked;

    // Unless told otherwise, Scriban offers the static methods of a derived class to templates.
    private ScribanModel(TemplateModel model, string path, HashSet<string> asked)
        : base(0, autoImportStaticsFromThisType: false, StringComparer.Ordinal) => (_model, _path, _asked) = (model, path, asked);

    /// <param name="model">The values.</param>
    /// <param name="asked">Collects the values that were looked at, as paths such as <c>delay.certainty</c>.</param>
    public static ScribanModel Of(TemplateModel model, HashSet<string> asked) => new(model, path: "", asked);

    public override bool Contains(string member) => _model.ContainsKey(member);

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        var path = _path.Length == 0 ? member : $"{_path}.{member}";
        _asked.Add(path);
        if (base.TryGetValue(context, span, member, out value))
        {
            return true;
        }

        if (!_model.TryGetValue(member, out var found))
        {
            return false;
        }

        value = Script(found, path, _asked);
        if (value is ScribanModel or ScriptArray)
        {
            SetValue(member, value, readOnly: true);
        }

        return true;
    }

    // A template must not change what the next part reads.
    public override bool CanWrite(string member) => !_model.ContainsKey(member) && base.CanWrite(member);

    private static object Script(object value, string path, HashSet<string> asked) =>
        value switch
        {
            TemplateModel model => new ScribanModel(model, path, asked),
            Func<TemplateModel> make => new ScribanModel(make(), path, asked),
            IReadOnlyList<object> list => new ScriptArray(list.Select(item => Script(item, path, asked))),
            _ => value,
        };
}
