namespace Ilt.Bodies;

/// <summary>What is seen at each sample: the triangle (-1 for none), the shares of its first two corners, and 1 / depth.</summary>
internal sealed record SampleBuffer(int[] Face, float[] First, float[] Second, float[] InverseDepth);
