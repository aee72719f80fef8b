namespace Support.Sdk.Contacts;

/// <summary>Looks a contact point up among others.</summary>
internal static class ContactPointSet
{
    /// <summary>Whether one of them is the same as this one, however it is written. Whose something is, and who may see it, is decided by this.</summary>
    public static bool Holds(this IEnumerable<ContactPoint> points, ContactPoint point)
    {
        var wanted = point.Canonical();
        return points.Any(known => known.Canonical() == wanted);
    }
}
