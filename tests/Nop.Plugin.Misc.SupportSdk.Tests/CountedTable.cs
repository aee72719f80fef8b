using System.Collections;
using System.Linq.Expressions;

namespace Nop.Plugin.Misc.SupportSdk.Tests;

/// <summary>A table that counts the rows that its queries give away.</summary>
internal sealed class CountedTable<T>(IQueryable<T> rows, Action given) : IOrderedQueryable<T>, IQueryProvider
{
    public Type ElementType => rows.ElementType;

    public Expression Expression => rows.Expression;

    public IQueryProvider Provider => this;

    public IEnumerator<T> GetEnumerator()
    {
        foreach (var row in rows)
        {
            given();
            yield return row;
        }
    }

    public IQueryable CreateQuery(Expression expression) => throw new NotSupportedException();

    public IQueryable<TElement> CreateQuery<TElement>(Expression expression) =>
        new CountedTable<TElement>(rows.Provider.CreateQuery<TElement>(expression), given);

    public object? Execute(Expression expression) => throw new NotSupportedException();

    public TResult Execute<TResult>(Expression expression) => rows.Provider.Execute<TResult>(expression);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
