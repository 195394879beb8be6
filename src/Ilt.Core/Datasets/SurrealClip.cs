namespace Ilt.Datasets;

/// <summary>A clip of SURREAL: about 100 frames of one person.</summary>
/// <param name="Id">Run, sequence and clip, unique within a split: <c>run0/01_01/01_01_c0001</c>.</param>
/// <param name="Sequence">Name of the motion sequence, for example <c>01_01</c>: what to hold out together.</param>
/// <param name="InfoPath">The file <c>_info.mat</c>: pose, shape, joints.</param>
/// <param name="SegmentationPath">The file <c>_segm.mat</c>; null where it is missing.</param>
/// <param name="DepthPath">The file <c>_depth.mat</c>; null where it is missing.</param>
/// <param name="VideoPath">The film, <c>.mp4</c>; null where it is missing.</param>
/// <param name="FramesFolder">
/// Where its frames lie once they are extracted, as <c>frame0001.png</c> (or <c>.jpg</c>) and so on: a folder beside the film, named like it.
/// </param>
public sealed record SurrealClip(string Id, string Sequence, string InfoPath, string? SegmentationPath, string? DepthPath, string? VideoPath, string FramesFolder);
