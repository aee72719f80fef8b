using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>Walks a parsed template against the shape of its model, every branch of it, and names what could not work.</summary>
internal sealed class ScribanLint(Shape model, PartOrigin origin, ICollection<TemplateFault> faults)
{
    private static readonly Shape Loop = Shape.Of(
        new TemplateModel
        {
            ["index"] = 0,
            ["rindex"] = 0,
            ["length"] = 0,
            ["first"] = true,
            ["last"] = true,
            ["even"] = true,
            ["odd"] = true,
        }
    );

    private readonly Stack<Dictionary<string, Shape>> _scopes = new();

    public void Check(ScriptPage page)
    {
        if (page.FrontMatter is { } frontMatter)
        {
            NotAllowed(frontMatter);
        }

        Block(page.Body);
    }

    private void Block(ScriptBlockStatement? block, params ReadOnlySpan<(string Name, Shape Shape)> variables)
    {
        if (block is null)
        {
            return;
        }

        var scope = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var (name, shape) in variables)
        {
            scope[name] = shape;
        }

        _scopes.Push(scope);
        foreach (var statement in block.Statements)
        {
            Statement(statement);
        }

        _scopes.Pop();
    }

    private void Statement(ScriptNode? statement)
    {
        switch (statement)
        {
            case null
            or ScriptRawStatement
            or ScriptEscapeStatement
            or ScriptNopStatement
            or ScriptEndStatement
            or ScriptBreakStatement
            or ScriptContinueStatement:
                break;
            case ScriptExpressionStatement { Expression: ScriptAssignExpression assignment }:
                Assign(assignment);
                break;
            case ScriptExpressionStatement print:
                Print(print);
                break;
            case ScriptIfStatement branch:
                Value(branch.Condition);
                Block(branch.Then);
                Statement(branch.Else);
                break;
            case ScriptElseStatement otherwise:
                Block(otherwise.Body);
                break;
            case ScriptCaseStatement choice:
                Value(choice.Value);
                Block(choice.Body);
                break;
            case ScriptWhenStatement match:
                Values(match.Values);
                Block(match.Body);
                Statement(match.Next);
                break;
            case ScriptForStatement loop and not ScriptTableRowStatement:
                For(loop);
                break;
            default:
                NotAllowed(statement);
                break;
        }
    }

    private void Assign(ScriptAssignExpression assignment)
    {
        var shape = Value(assignment.Value);
        if (assignment.Target is not ScriptVariable target || assignment.EqualToken?.Value is { } sign && !string.Equals(sign, "=", StringComparison.Ordinal))
        {
            Fault(assignment, "only a variable of the template can be assigned. Write name = value.");
        }
        else if (model.Members!.ContainsKey(target.Name) || ScribanFunctions.IsNamespace(target.Name) || ScribanFunctions.Find(target.Name) is not null)
        {
            Fault(target, $"`{target.Name}` is given and cannot be assigned. Choose another name.");
        }
        else
        {
            var scope = _scopes.FirstOrDefault(scope => scope.ContainsKey(target.Name)) ?? _scopes.Peek();
            if (scope.TryGetValue(target.Name, out var before) && shape is not null && before != shape)
            {
                Fault(target, $"`{target.Name}` is {Describe(before)} and cannot become {Describe(shape)}. Choose another name.");
            }

            scope[target.Name] = shape ?? Shape.Text;
        }
    }

    private void Print(ScriptExpressionStatement print)
    {
        var shape = Value(print.Expression);
        if (shape is { Kind: ShapeKind.List })
        {
            Fault(print, $"`{print.Expression}` is a list. Print its items: for item in {print.Expression}.");
        }
        else if (shape is { Kind: ShapeKind.Model })
        {
            Fault(print, $"`{print.Expression}` has several values. Print one of them: {Names(shape)}.");
        }
    }

    private void For(ScriptForStatement loop)
    {
        var list = Value(loop.Iterator);
        if (list is not null && list.Kind != ShapeKind.List)
        {
            Fault(loop.Iterator!, $"`{loop.Iterator}` is {Describe(list)}. Name a list after `in`.");
        }

        foreach (var argument in loop.NamedArguments ?? [])
        {
            if (argument.Name?.Name is not ("limit" or "offset" or "reversed"))
            {
                Fault(argument, $"`{argument.Name}` is not known here. Use limit, offset or reversed.");
            }

            Value(argument.Value);
        }

        if (loop.Variable is ScriptVariable variable)
        {
            Block(loop.Body, (variable.Name, list?.Item ?? Shape.Text), ("for", Loop));
        }
        else
        {
            Fault(loop, "the loop has no variable. Write for item in list.");
        }

        Statement(loop.Else);
    }

    private void Values(IEnumerable<ScriptExpression> expressions)
    {
        foreach (var expression in expressions)
        {
            Value(expression);
        }
    }

    /// <summary>The shape of an expression's value, or null when it has none and that was said.</summary>
    private Shape? Value(ScriptExpression? expression) =>
        expression switch
        {
            null => null,
            ScriptLiteral { Value: bool } => Shape.Flag,
            ScriptLiteral { Value: string or null } => Shape.Text,
            ScriptLiteral => Shape.Number,
            ScriptNestedExpression nested => Value(nested.Expression),
            ScriptVariable variable => Variable(variable),
            ScriptIsEmptyExpression empty => Value(empty.Target) is null ? null : Shape.Flag,
            ScriptMemberExpression member => Member(member),
            ScriptBinaryExpression binary => Binary(binary),
            ScriptUnaryExpression unary and not ScriptIncrementDecrementExpression => Unary(unary),
            ScriptConditionalExpression conditional => Conditional(conditional),
            ScriptFunctionCall call => Call(call, piped: null),
            ScriptPipeCall pipe => Value(pipe.From) is { } from ? Pipe(pipe.To, from) : null,
            _ => NotAllowed(expression),
        };

    private Shape? Variable(ScriptVariable variable)
    {
        foreach (var scope in _scopes)
        {
            if (scope.TryGetValue(variable.Name, out var assigned))
            {
                return assigned;
            }
        }

        if (model.Members!.TryGetValue(variable.Name, out var given))
        {
            return given;
        }

        return ScribanFunctions.Find(variable.Name) is not null || ScribanFunctions.IsNamespace(variable.Name)
            ? Call(variable, [], piped: null)
            : Fault(variable, $"unknown variable `{variable}`. Use one of: {Names(model)}.");
    }

    private Shape? Member(ScriptMemberExpression member)
    {
        if (member.Target is ScriptVariable space && ScribanFunctions.IsNamespace(space.Name))
        {
            return Call(member, [], piped: null);
        }

        var target = Value(member.Target);
        var name = member.Member?.Name ?? "";
        return target switch
        {
            null => null,
            { Members: { } members } => members.TryGetValue(name, out var found)
                ? found
                : Fault(member.Member!, $"`{member.Target}` has no `{name}`. Use one of: {Names(target)}."),
            { Kind: ShapeKind.List or ShapeKind.Text } when string.Equals(name, "size", StringComparison.Ordinal) => Shape.Number,
            _ => Fault(member.Member!, $"`{member.Target}` is {Describe(target)} and has no `{name}`. Print `{member.Target}` itself."),
        };
    }

    private Shape? Binary(ScriptBinaryExpression binary)
    {
        var (left, right) = (Value(binary.Left), Value(binary.Right));
        switch (binary.Operator)
        {
            case ScriptBinaryOperator.And or ScriptBinaryOperator.Or:
            case >= ScriptBinaryOperator.CompareEqual and <= ScriptBinaryOperator.CompareGreater:
                return Shape.Flag;
            case ScriptBinaryOperator.Add when left?.Kind == ShapeKind.Text || right?.Kind == ShapeKind.Text:
                return Shape.Text;
            case ScriptBinaryOperator.Add or ScriptBinaryOperator.Subtract when left?.Kind == ShapeKind.Number && right?.Kind == ShapeKind.Number:
                return Shape.Number;
            default:
                return left is null || right is null
                    ? null
                    : Fault(binary, $"`{binary.OperatorAsText}` cannot be used here. Compare with == != < <= > >=, combine with && ||, join texts with +.");
        }
    }

    private Shape? Unary(ScriptUnaryExpression unary)
    {
        var shape = Value(unary.Right);
        return unary.Operator switch
        {
            ScriptUnaryOperator.Not => Shape.Flag,
            ScriptUnaryOperator.Negate when shape?.Kind is ShapeKind.Number or null => shape,
            _ => NotAllowed(unary),
        };
    }

    private Shape? Conditional(ScriptConditionalExpression conditional)
    {
        Value(conditional.Condition);
        var (then, otherwise) = (Value(conditional.ThenValue), Value(conditional.ElseValue));
        return then is null || otherwise is null || then == otherwise
            ? then
            : Fault(conditional, $"one side is {Describe(then)}, the other {Describe(otherwise)}. Use if and else.");
    }

    private Shape? Pipe(ScriptExpression? target, Shape piped) =>
        target is ScriptPipeCall next
            ? Call(next.From, piped) is { } value
                ? Pipe(next.To, value)
                : null
            : Call(target, piped);

    private Shape? Call(ScriptExpression? call, Shape? piped) =>
        call is ScriptFunctionCall { Target: { } target } function ? Call(target, function.Arguments, piped) : Call(call!, [], piped);

    private Shape? Call(ScriptExpression target, IEnumerable<ScriptExpression> expressions, Shape? piped)
    {
        if (ScribanFunctions.Find(target.ToString()) is not { } function)
        {
            return Fault(target, $"unknown function `{target}`. Use one of: {ScribanFunctions.Names}.");
        }

        var arguments = expressions.Select(Value).ToList();
        if (piped is not null)
        {
            arguments.Insert(0, piped);
        }

        if (arguments.Count != function.ParameterCount)
        {
            return Fault(target, $"`{function.Name}` takes {function.ParameterCount} values and got {arguments.Count}. Write value | {function.Name}.");
        }

        return arguments switch
        {
            _ when arguments.Contains(null) => null,
            [{ } first, ..] when !function.Accepts.Contains(first.Kind) => Fault(
                target,
                $"`{function.Name}` cannot be used on {Describe(first)}. Use another function."
            ),
            [_, { Kind: ShapeKind.List or ShapeKind.Model }] => Fault(target, $"the second value of `{function.Name}` is no text. Give it a text."),
            _ => function.Result(arguments[0]!),
        };
    }

    private Shape? NotAllowed(ScriptNode node)
    {
        var name = node.GetType().Name.Replace("Script", "", StringComparison.Ordinal).Replace("Statement", "", StringComparison.Ordinal);
        return Fault(
            node,
            $"`{name.Replace("Expression", "", StringComparison.Ordinal).ToLowerInvariant()}` is not part of message templates. Use if, case, for, = and the functions {ScribanFunctions.Names}."
        );
    }

    private Shape? Fault(ScriptNode node, string message)
    {
        faults.Add(origin.Fault(node.Span.Start.Line, node.Span.Start.Column, message));
        return null;
    }

    private static string Names(Shape shape) => string.Join(", ", shape.Members!.Keys.Order(StringComparer.Ordinal));

    private static string Describe(Shape shape) =>
        shape.Kind switch
        {
            ShapeKind.Text => "a text",
            ShapeKind.Number => "a number",
            ShapeKind.Flag => "true or false",
            ShapeKind.List => "a list",
            _ => "a group of values",
        };
}
