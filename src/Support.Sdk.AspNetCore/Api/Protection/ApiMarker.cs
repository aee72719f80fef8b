namespace Support.Sdk.AspNetCore.Api;

/// <summary>Stands for a call of AddSupportApi().</summary>
internal sealed class ApiMarker;
