using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Links;

namespace Support.Sdk.Sweep;

/// <summary>What depends on the installation's key, known once the store is open.</summary>
internal sealed record Installation(DeliveryIds Ids, LinkSeal Links, ContactKeys Contacts, FormSeal Forms);
