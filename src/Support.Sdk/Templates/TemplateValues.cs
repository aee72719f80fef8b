using System.Globalization;
using Scriban.Parsing;
using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>Something that a template reads.</summary>
internal abstract class TemplateValue
{
    /// <summary>Which value of the model it is, such as <c>delay.certainty</c>, or null when it is none.</summary>
    public virtual string? Path => null;

    public abstract object? Get(TemplateRun run);

    public static string Text(object? value, CultureInfo culture) =>
        value switch
        {
            null => "",
            string text => text,
            RawHtml raw => raw.Html,
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, culture) ?? "",
        };

    /// <summary>An empty text or list is false: <c>if customer.name</c> means what it says.</summary>
    public static bool IsTrue(object? value) =>
        value switch
        {
            null => false,
            bool flag => flag,
            string text => text.Length > 0,
            IList<object> list => list.Count > 0,
            _ => true,
        };
}

internal sealed class LiteralValue(object? value) : TemplateValue
{
    public override object? Get(TemplateRun run) => value;
}

internal sealed class VariableValue(int slot, string? path) : TemplateValue
{
    public override string? Path => path;

    public override object? Get(TemplateRun run) => run[slot];
}

internal sealed class RootValue(string name, SourceSpan span) : TemplateValue
{
    public override string? Path => name;

    public override object? Get(TemplateRun run)
    {
        run.Ask(name);
        return MemberValue.Read(run.Model, name, span);
    }
}

internal sealed class MemberValue(TemplateValue target, string name, SourceSpan span) : TemplateValue
{
    private readonly string? _path = target.Path is { } path ? $"{path}.{name}" : null;

    public override string? Path => _path;

    public override object? Get(TemplateRun run)
    {
        run.Ask(_path);
        return target.Get(run) switch
        {
            TemplateModel model => Read(model, name, span),
            LoopPosition position => position.Member(name),
            string text when name is "size" => text.Length,
            IList<object> list when name is "size" => list.Count,
            _ => throw new ScriptRuntimeException(span, "This value has no members."),
        };
    }

    public static object Read(TemplateModel model, string name, SourceSpan span)
    {
        if (!model.TryGetValue(name, out var value))
        {
            throw new ScriptRuntimeException(span, "There is no such value.");
        }

        if (value is Func<TemplateModel> make)
        {
            value = model[name] = make();
        }

        return value;
    }
}

internal sealed class NotValue(TemplateValue value) : TemplateValue
{
    public override object? Get(TemplateRun run) => !IsTrue(value.Get(run));
}

internal sealed class ChoiceValue(TemplateValue condition, TemplateValue then, TemplateValue otherwise) : TemplateValue
{
    public override object? Get(TemplateRun run) => IsTrue(condition.Get(run)) ? then.Get(run) : otherwise.Get(run);
}

internal sealed class CallValue(TemplateFunction function, TemplateValue[] arguments, SourceSpan span) : TemplateValue
{
    // What is picked out of a list is one of its items.
    public override string? Path => function.Name is "array.first" or "array.last" ? arguments[0].Path : null;

    public override object? Get(TemplateRun run)
    {
        run.Step(span);
        var value = function.Call(run.Culture, Array.ConvertAll(arguments, argument => argument.Get(run)));
        if (value is string text)
        {
            TemplateRun.Check(text, span);
        }

        return value;
    }
}

internal sealed class BinaryValue(ScriptBinaryOperator sign, TemplateValue left, TemplateValue right, SourceSpan span) : TemplateValue
{
    public override object? Get(TemplateRun run) =>
        sign switch
        {
            ScriptBinaryOperator.And => IsTrue(left.Get(run)) && IsTrue(right.Get(run)),
            ScriptBinaryOperator.Or => IsTrue(left.Get(run)) || IsTrue(right.Get(run)),
            ScriptBinaryOperator.Add => (left.Get(run), right.Get(run)) switch
            {
                (int one, int other) => one + other,
                var (one, other) => Joined(one, other, run.Culture),
            },
            _ => Compare(left.Get(run), right.Get(run), run.Culture),
        };

    private string Joined(object? one, object? other, CultureInfo culture)
    {
        var text = string.Concat(Text(one, culture), Text(other, culture));
        TemplateRun.Check(text, span);
        return text;
    }

    private bool Compare(object? one, object? other, CultureInfo culture)
    {
        var order = one is int number && other is int compared ? number.CompareTo(compared) : string.CompareOrdinal(Text(one, culture), Text(other, culture));
        return sign switch
        {
            ScriptBinaryOperator.CompareEqual => order == 0,
            ScriptBinaryOperator.CompareNotEqual => order != 0,
            ScriptBinaryOperator.CompareLess => order < 0,
            ScriptBinaryOperator.CompareLessOrEqual => order <= 0,
            ScriptBinaryOperator.CompareGreater => order > 0,
            _ => order >= 0,
        };
    }
}
