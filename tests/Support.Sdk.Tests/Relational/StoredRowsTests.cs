using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>What an older version wrote, which lacks members, and a newer one, which has more, is read.</summary>
public sealed class StoredRowsTests
{
    private static readonly Dictionary<Type, (Func<object, string> Write, Func<string, object> Read)> Roots = new()
    {
        [typeof(OrderSnapshot)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(OrderChanged)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(ShipmentTracked)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(DeliveryReceipt)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(DeliveryTrouble)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(InboundMessage)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(PrivacyRequested)] = (value => SupportJson.Write((SupportEvent)value), SupportJson.ReadEvent),
        [typeof(WatchedOrder)] = (value => SupportJson.Write((WatchedOrder)value), SupportJson.ReadOrder),
        [typeof(OutboundMessage)] = (value => SupportJson.Write((OutboundMessage)value), SupportJson.ReadMessage),
        [typeof(Contact)] = (value => SupportJson.Write((Contact)value), SupportJson.ReadContact),
        [typeof(Ticket)] = (value => SupportJson.Write((Ticket)value), SupportJson.ReadTicket),
        [typeof(TicketEntry)] = (value => SupportJson.Write((TicketEntry)value), SupportJson.ReadTicketEntry),
        [typeof(Customer)] = (value => SupportJson.Write((Customer)value), SupportJson.ReadCustomer),
    };

    public static TheoryData<Type> Stored => [.. Roots.Keys];

    [Fact]
    public void Every_kind_of_event_is_looked_at() =>
        Assert.All(typeof(SupportEvent).GetCustomAttributes<JsonDerivedTypeAttribute>(), kind => Assert.Contains(kind.DerivedType, Roots));

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_member_that_is_missing_has_the_value_that_a_new_object_has(Type root)
    {
        var sample = StoredSample.Of(root);
        var places = StoredSample.Places(sample, JsonNode.Parse(Roots[root].Write(sample))!).ToList();
        Assert.Contains(places, place => !place.IsRequired);
        foreach (var place in places)
        {
            var json = Changed(sample, place, parent => parent.Remove(place.Name));
            if (place.IsRequired)
            {
                Assert.Throws<JsonException>(() => Roots[root].Read(json));
            }
            else
            {
                Assert.Equal(Text(place.Default), Text(place.ValueIn(Roots[root].Read(json))));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_member_that_is_not_known_is_passed_over(Type root)
    {
        var sample = StoredSample.Of(root);
        foreach (var place in StoredSample.Places(sample, JsonNode.Parse(Roots[root].Write(sample))!))
        {
            var json = Changed(
                sample,
                place,
                parent => parent["fromTheFuture"] = new JsonObject { ["type"] = "order-changed", ["more"] = new JsonArray(1, "two") }
            );
            Assert.Equal(Roots[root].Write(sample), Roots[root].Write(Roots[root].Read(json)));
        }
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void An_enum_value_that_is_not_known_is_the_first(Type root)
    {
        var sample = StoredSample.Of(root);
        foreach (var place in StoredSample.Places(sample, JsonNode.Parse(Roots[root].Write(sample))!).Where(place => place.Enum is not null))
        {
            var json = Changed(sample, place, parent => parent[place.Name] = "FromTheFuture");
            Assert.Equal(Enum.GetValues(place.Enum!).GetValue(0), place.ValueIn(Roots[root].Read(json)));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"type":"from-the-future","key":{"shop":"main","id":"1"}}""")]
    [InlineData("""{"key":{"shop":"main","id":"1"},"placedAt":"2026-11-02T00:00:00Z"}""")]
    [InlineData("""{"type":"order-snapshot","key":{"shop":null,"id":"1"},"placedAt":"2026-11-02T00:00:00Z"}""")]
    public void What_is_no_event_is_refused_in_one_way(string json) => Assert.Throws<JsonException>(() => SupportJson.ReadEvent(json));

    private static string Changed(object sample, StoredPlace place, Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Roots[sample.GetType()].Write(sample))!;
        change(place.ParentIn(document));
        return document.ToJsonString();
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value);
}
