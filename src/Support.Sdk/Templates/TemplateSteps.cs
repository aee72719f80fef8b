using Scriban.Parsing;

namespace Support.Sdk.Templates;

/// <summary>One thing that a template does.</summary>
internal abstract class TemplateStep
{
    public abstract void Run(TemplateRun run);
}

internal sealed class BlockStep(TemplateStep[] steps) : TemplateStep
{
    public override void Run(TemplateRun run)
    {
        foreach (var step in steps)
        {
            step.Run(run);
        }
    }
}

internal sealed class RawStep(string text) : TemplateStep
{
    public override void Run(TemplateRun run) => run.Write(text, default);
}

internal sealed class PrintStep(TemplateValue value, SourceSpan span) : TemplateStep
{
    public override void Run(TemplateRun run)
    {
        run.Step(span);
        run.Print(value.Get(run), span);
    }
}

internal sealed class AssignStep(int slot, TemplateValue value, SourceSpan span) : TemplateStep
{
    public override void Run(TemplateRun run)
    {
        run.Step(span);
        run[slot] = value.Get(run);
    }
}

internal sealed class IfStep(TemplateValue condition, TemplateStep then, TemplateStep? otherwise, SourceSpan span) : TemplateStep
{
    public override void Run(TemplateRun run)
    {
        run.Step(span);
        if (TemplateValue.IsTrue(condition.Get(run)))
        {
            then.Run(run);
        }
        else
        {
            otherwise?.Run(run);
        }
    }
}

internal sealed class ForStep(TemplateValue list, int item, int position, TemplateStep body, TemplateStep? otherwise, SourceSpan span) : TemplateStep
{
    public override void Run(TemplateRun run)
    {
        run.Step(span);
        var items = list.Get(run) as IList<object> ?? [];
        for (var index = 0; index < items.Count; index++)
        {
            run.LoopStep(span);
            run[item] = items[index];
            run[position] = new LoopPosition(index, items.Count);
            body.Run(run);
        }

        if (items.Count == 0)
        {
            otherwise?.Run(run);
        }
    }
}

/// <summary>Where a loop stands: what <c>for.index</c> and its kin read.</summary>
internal sealed record LoopPosition(int Index, int Count)
{
    public object? Member(string name) =>
        name switch
        {
            "index" => Index,
            "rindex" => Count - Index - 1,
            "length" => Count,
            "first" => Index == 0,
            "last" => Index == Count - 1,
            "even" => Index % 2 == 0,
            "odd" => Index % 2 == 1,
            _ => null,
        };
}
