using Scriban.Parsing;
using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>
/// A parsed part, translated into the few steps that message templates may take. Scriban's own evaluator can do far more, and
/// needs several times as long for it.
/// </summary>
internal sealed class ScribanProgram
{
    private readonly TemplateStep _body;

    private ScribanProgram(TemplateStep body, int variables) => (_body, Variables) = (body, variables);

    /// <summary>How many variables the template has.</summary>
    public int Variables { get; }

    public void Run(TemplateRun run) => _body.Run(run);

    /// <summary>Translates a page.</summary>
    /// <returns>The program, or null when the page uses what message templates may not; then it is up to Scriban and its limits.</returns>
    public static ScribanProgram? Of(ScriptPage page)
    {
        var translation = new Translation();
        try
        {
            return page.FrontMatter is null ? new ScribanProgram(translation.Block(page.Body), translation.Variables) : null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private sealed class Translation
    {
        private readonly Stack<Dictionary<string, (int Slot, string? Path)>> _scopes = new();

        public int Variables { get; private set; }

        public TemplateStep Block(ScriptBlockStatement? block, params ReadOnlySpan<(string Name, int Slot, string? Path)> given)
        {
            var scope = new Dictionary<string, (int, string?)>(StringComparer.Ordinal);
            foreach (var (name, slot, path) in given)
            {
                scope[name] = (slot, path);
            }

            _scopes.Push(scope);
            var steps = (block?.Statements ?? []).Select(Step).OfType<TemplateStep>().ToArray();
            _scopes.Pop();
            return steps.Length == 1 ? steps[0] : new BlockStep(steps);
        }

        private TemplateStep? Step(ScriptNode? statement) =>
            statement switch
            {
                null or ScriptEscapeStatement or ScriptNopStatement or ScriptEndStatement => null,
                ScriptRawStatement raw => new RawStep(raw.Text.ToString()),
                ScriptExpressionStatement { Expression: ScriptAssignExpression assignment } => Assign(assignment),
                ScriptExpressionStatement print => new PrintStep(Value(print.Expression), print.Span),
                ScriptIfStatement branch => new IfStep(Value(branch.Condition), Block(branch.Then), Step(branch.Else), branch.Span),
                ScriptElseStatement otherwise => Block(otherwise.Body),
                ScriptForStatement loop and not ScriptTableRowStatement => For(loop),
                _ => throw new NotSupportedException(),
            };

        private AssignStep Assign(ScriptAssignExpression assignment)
        {
            var value = Value(assignment.Value);
            if (
                assignment.Target is not ScriptVariable target
                || assignment.EqualToken?.Value is { } sign && !string.Equals(sign, "=", StringComparison.Ordinal)
            )
            {
                throw new NotSupportedException();
            }

            var scope = _scopes.FirstOrDefault(scope => scope.ContainsKey(target.Name)) ?? _scopes.Peek();
            var slot = scope.TryGetValue(target.Name, out var known) ? known.Slot : Variables++;
            scope[target.Name] = (slot, value.Path);
            return new AssignStep(slot, value, assignment.Span);
        }

        private ForStep For(ScriptForStatement loop)
        {
            if (loop.Variable is not ScriptVariable variable || loop.NamedArguments is { Count: > 0 } || loop.Iterator is null)
            {
                throw new NotSupportedException();
            }

            var list = Value(loop.Iterator);
            var (item, position) = (Variables++, Variables++);
            var body = Block(loop.Body, (variable.Name, item, list.Path), ("for", position, null));
            return new ForStep(list, item, position, body, Step(loop.Else), loop.Span);
        }

        private TemplateValue Value(ScriptExpression? expression) =>
            expression switch
            {
                ScriptLiteral { Value: string or bool or int or null } literal => new LiteralValue(literal.Value),
                ScriptNestedExpression nested => Value(nested.Expression),
                ScriptVariable variable => Variable(variable),
                ScriptMemberExpression { Target: ScriptVariable space } call when ScribanFunctions.IsNamespace(space.Name) => Call(call, []),
                ScriptMemberExpression { Member: { } name } member => new MemberValue(Value(member.Target), name.Name, member.Span),
                ScriptBinaryExpression binary => Binary(binary),
                ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not } not => new NotValue(Value(not.Right)),
                ScriptConditionalExpression choice => new ChoiceValue(Value(choice.Condition), Value(choice.ThenValue), Value(choice.ElseValue)),
                ScriptFunctionCall { Target: { } target } call => Call(target, [.. call.Arguments.Select(Value)]),
                ScriptPipeCall { From: { } from, To: { } to } => Pipe(to, Value(from)),
                _ => throw new NotSupportedException(),
            };

        private TemplateValue Variable(ScriptVariable variable)
        {
            foreach (var scope in _scopes)
            {
                if (scope.TryGetValue(variable.Name, out var found))
                {
                    return new VariableValue(found.Slot, found.Path);
                }
            }

            return ScribanFunctions.Find(variable.Name) is null && !ScribanFunctions.IsNamespace(variable.Name)
                ? new RootValue(variable.Name, variable.Span)
                : throw new NotSupportedException();
        }

        private BinaryValue Binary(ScriptBinaryExpression binary)
        {
            var isKnown =
                binary.Operator
                is ScriptBinaryOperator.And
                    or ScriptBinaryOperator.Or
                    or ScriptBinaryOperator.Add
                    or (>= ScriptBinaryOperator.CompareEqual and <= ScriptBinaryOperator.CompareGreater);
            return isKnown ? new BinaryValue(binary.Operator, Value(binary.Left), Value(binary.Right), binary.Span) : throw new NotSupportedException();
        }

        private TemplateValue Pipe(ScriptExpression target, TemplateValue piped) =>
            target switch
            {
                ScriptPipeCall { From: { } from, To: { } to } => Pipe(to, Pipe(from, piped)),
                ScriptFunctionCall { Target: { } function } call => Call(function, [piped, .. call.Arguments.Select(Value)]),
                _ => Call(target, [piped]),
            };

        private static CallValue Call(ScriptExpression target, TemplateValue[] arguments) =>
            ScribanFunctions.Find(target.ToString()) is { } function && function.ParameterCount == arguments.Length
                ? new CallValue(function, arguments, target.Span)
                : throw new NotSupportedException();
    }
}
