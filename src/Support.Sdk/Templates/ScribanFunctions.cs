using System.Collections.Frozen;
using System.Globalization;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>The functions that a template may call. None can make a text much longer, loop, load or evaluate anything.</summary>
internal static class ScribanFunctions
{
    private static readonly TemplateFunction[] All =
    [
        new("raw", 1, Any, (_, arguments) => new RawHtml(Text(arguments, 0))),
        new("string.upcase", 1, [ShapeKind.Text], (culture, arguments) => Text(arguments, 0).ToUpper(culture)),
        new("string.downcase", 1, [ShapeKind.Text], (culture, arguments) => Text(arguments, 0).ToLower(culture)),
        new("string.capitalize", 1, [ShapeKind.Text], Capitalize),
        new("string.strip", 1, [ShapeKind.Text], (_, arguments) => Text(arguments, 0).Trim()),
        new("string.size", 1, [ShapeKind.Text], (_, arguments) => Text(arguments, 0).Length) { Result = _ => Shape.Number },
        new("html.url_encode", 1, [ShapeKind.Text], (_, arguments) => Uri.EscapeDataString(Text(arguments, 0))),
        new("array.size", 1, [ShapeKind.List], (_, arguments) => List(arguments).Count) { Result = _ => Shape.Number },
        new("array.first", 1, [ShapeKind.List], (_, arguments) => List(arguments) is { Count: > 0 } list ? list[0] : null) { Result = list => list.Item! },
        new("array.last", 1, [ShapeKind.List], (_, arguments) => List(arguments) is { Count: > 0 } list ? list[^1] : null) { Result = list => list.Item! },
        new("array.join", 2, [ShapeKind.List], (_, arguments) => string.Join(Text(arguments, 1), List(arguments))),
        new("object.default", 2, [ShapeKind.Text], (_, arguments) => Text(arguments, 0) is { Length: > 0 } text ? text : arguments[1]),
    ];

    private static readonly FrozenDictionary<string, TemplateFunction> ByName = All.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    private static ShapeKind[] Any => [ShapeKind.Text, ShapeKind.Number, ShapeKind.Flag];

    public static TemplateFunction? Find(string name) => ByName.GetValueOrDefault(name);

    public static bool IsNamespace(string name) => Array.Exists(All, function => function.Name.StartsWith(name + ".", StringComparison.Ordinal));

    public static string Names => string.Join(", ", All.Select(function => function.Name));

    public static ScriptObject CreateBuiltIns()
    {
        var builtIns = new ScriptObject(StringComparer.Ordinal);
        foreach (var function in All)
        {
            if (function.Name.Split('.') is not [var space, var name])
            {
                builtIns.SetValue(function.Name, function, readOnly: true);
                continue;
            }

            if (!builtIns.ContainsKey(space))
            {
                builtIns.SetValue(space, new ScriptObject(StringComparer.Ordinal), readOnly: true);
            }

            ((ScriptObject)builtIns[space]!).SetValue(name, function, readOnly: true);
        }

        return builtIns;
    }

    private static string Capitalize(CultureInfo culture, IReadOnlyList<object?> arguments)
    {
        var text = Text(arguments, 0);
        return text.Length == 0 ? text : string.Concat(text[..1].ToUpper(culture), text.AsSpan(1));
    }

    private static string Text(IReadOnlyList<object?> arguments, int index) => Convert.ToString(arguments[index], CultureInfo.InvariantCulture) ?? "";

    private static IList<object?> List(IReadOnlyList<object?> arguments) => arguments[0] as IList<object?> ?? [];
}

/// <summary>A function for templates.</summary>
internal sealed class TemplateFunction(string name, int parameters, ShapeKind[] accepts, Func<CultureInfo, IReadOnlyList<object?>, object?> invoke)
    : IScriptCustomFunction
{
    public string Name => name;

    /// <summary>The kinds of its first argument; the others are text.</summary>
    public IReadOnlyList<ShapeKind> Accepts => accepts;

    /// <summary>The shape of its result, given that of its first argument.</summary>
    public Func<Shape, Shape> Result { get; init; } = _ => Shape.Text;

    public int RequiredParameterCount => parameters;

    public int ParameterCount => parameters;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), "value");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        Call(context.CurrentCulture, [.. arguments]);

    public object? Call(CultureInfo culture, IReadOnlyList<object?> arguments) => invoke(culture, arguments);

    public ValueTask<object?> InvokeAsync(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult(Call(context.CurrentCulture, [.. arguments]));
}
