namespace Ilt.Torch;

/// <summary>What one task asks of a network.</summary>
/// <param name="Name">The task's name; distinct within a network.</param>
/// <param name="Channels">Classes, or numbers to predict; at least 1.</param>
/// <param name="PerPixel">Whether the output is [B, Channels, H, W] at the resolution of the input, rather than [B, Channels].</param>
public sealed record HeadSpec(string Name, int Channels, bool PerPixel = false);
