using System.Globalization;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>What was found about the classes of masks.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Notes">What to tell: what was found, and what was guessed with the option that overrules it.</param>
internal sealed record FoundClasses(MaskClasses Classes, IReadOnlyList<string> Notes);

/// <summary>
/// Decides, from the values that mask files hold, which classes there are: numbers or colours, which of them occur, and whether 255 is a class.
/// </summary>
/// <param name="map">What the options say.</param>
/// <param name="survey">What the files hold.</param>
/// <param name="subject">What notes speak of, such as "task seg".</param>
/// <param name="option">What errors speak of, such as "--task seg".</param>
internal sealed class MaskFinding(ClassMap map, MaskSurvey survey, string subject, string option)
{
    // 254 marks numbers that no class has, see ClassMap.
    private const int MostFound = 253;

    // Classes drawn so that a person sees them lie at least as far apart.
    private const int VisibleStep = 16;

    private readonly List<string> notes = [];

    /// <summary>Decides; masks of which nothing can be learned are an error.</summary>
    public FoundClasses Find()
    {
        var classes = Classes();
        return new FoundClasses(classes, notes);
    }

    private string Masks => survey.Files == 1 ? "1 mask" : FormattableString.Invariant($"{survey.Files} masks");

    private MaskClasses Classes()
    {
        if (map.Encoding.InstanceIds && MaskDoubt.IsBlurred(survey))
            notes.Add($"{subject}: --instance-ids takes all but 0 as object, but {MaskDoubt.Blur(survey)}, as in masks of 0 and 255 with blurred edges; if so, say --classes-map binary in its place, which parts them at 128.");
        if (survey.Files == 0 || map.Encoding.InstanceIds)
            return MaskClasses.Of(map);
        if (map.Colours is { } colours)
            return ByColourMap(colours);
        if (map.Source is not null)
            return ByClassMap();
        Doubt();
        if (map.Encoding.ClassCount is not null)
        {
            if (survey.PalettesDiffer)
                notes.Add($"{subject}: the palettes of the masks differ; their indices are taken, as --classes says. Leave it out to have the colours decide.");
            return MaskClasses.Of(map);
        }

        return AreColours() ? ByColour() : ByNumber();
    }

    private void Doubt()
    {
        if (MaskDoubt.Of(survey) is not { } doubt)
            return;
        if (!map.IsIgnoreGiven)
            throw new UserErrorException($"{option}: {doubt}");
        notes.Add($"{subject}: {doubt}");
    }

    private bool AreColours()
    {
        if (map.AreNumbers)
            return false;
        if (survey.PalettesDiffer && survey.NumberFiles > 0)
            throw new UserErrorException(FormattableString.Invariant(
                $"{option}: {survey.PaletteFiles} masks have palettes in which an index means different colours, {survey.NumberFiles} have no palette, so that neither colours nor indices fit all; save them alike, or say --mask-colours none to take the indices."));
        return survey.PalettesDiffer || (survey.ColourFiles > 0 && survey.ColourFiles >= survey.NumberFiles + survey.PaletteFiles);
    }

    private MaskClasses ByNumber()
    {
        var ignore = map.Encoding.IgnoreValue;
        var ids = survey.Numbers.Keys.Where(id => id is >= 0 and <= byte.MaxValue).Order().ToList();
        var isClass = !map.IsIgnoreGiven && ids.Contains(MaskEncoding.Ignored) && LooksLikeAClass(ids);
        if (isClass)
            ignore = -1;
        else
            ids.Remove(ignore);
        Require(ids, isClass);
        if (ids.Count is < 2 or > MostFound)
            return MaskClasses.Of(map);

        var isPlain = ids[^1] == ids.Count - 1;
        notes.Add(FormattableString.Invariant($"{subject}: {ids.Count} classes in {Masks}, ids {Shares(ids, survey.Numbers)}{(isPlain ? "" : "; they are written back as they are")}{NoLabel(ignore)}."));
        if (isClass)
            notes.Add($"{subject}: 255 is taken for a class, since the other ids are as far apart ({string.Join(", ", ids)}); if it means no label, say --ignore-value 255.");
        if (survey.PalettesDiffer)
            notes.Add(FormattableString.Invariant($"{subject}: the palettes of {survey.PaletteFiles} masks differ, so that an index has other colours from file to file; the indices are taken, as --mask-colours none says."));
        if (survey.ColourFiles == 0 && survey.PaletteFiles == 0 && ids.Count > MaskSurvey.ManyIds)
            notes.Add($"{subject}: so many ids rather number objects than classes; if so, say --instance-ids.");
        if (isPlain)
            return MaskClasses.Of(map) with { Found = ids.Count };
        var table = Enumerable.Repeat(ClassMap.Unlisted, 256).ToArray();
        for (var k = 0; k < ids.Count; k++)
            table[ids[k]] = (byte)k;
        return new MaskClasses(
            map.Encoding with { ClassMap = table, ClassCount = ids.Count, IgnoreValue = ignore }, ids.Count, null, [.. ids.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
    }

    // Drawn for the eye: in even steps, or all far apart. 0 and 255 alone are left to --classes-map binary.
    private static bool LooksLikeAClass(List<int> ids)
    {
        if (ids.Count < 3)
            return false;
        var steps = ids.Zip(ids.Skip(1), (low, high) => high - low).ToArray();
        return steps.Min() >= VisibleStep || (steps.Max() - steps.Min() <= 1 && steps.Min() > 1);
    }

    private void Require(List<int> ids, bool isClass)
    {
        var ignore = map.Encoding.IgnoreValue;
        if (ids.Count > 1)
            return;
        var above = survey.Numbers.Keys.Where(id => id > byte.MaxValue).Order().ToArray();
        if (above.Length > 0)
            throw new UserErrorException(FormattableString.Invariant(
                $"{option}: the masks hold numbers above 255, which are no class ids: {Listed([.. above.Select(id => id.ToString(CultureInfo.InvariantCulture))])}{(ids.Count > 0 ? $", beside {ids[0]}" : "")}. ")
                + "If they number objects say --instance-ids (background and object); if they are measurements make it a task of the kind map; if they are classes save them as numbers from 0 to 253.");
        var hasIgnored = !isClass && survey.Numbers.ContainsKey(ignore);
        if (ids.Count == 1)
            throw new OneClassException(FormattableString.Invariant(
                $"{option}: the masks hold one class only, {ids[0]}{(hasIgnored ? $", beside pixels of the ignore value {ignore}" : "")}, so there is nothing to tell apart; ")
                + "for masks of 0 and 255 (or any background and foreground) say --classes-map binary.");
        if (hasIgnored)
            throw new OneClassException(FormattableString.Invariant(
                $"{option}: every pixel of every mask has the ignore value {ignore}; give the right --ignore-value, or --ignore-value none."));
    }

    private MaskClasses ByClassMap()
    {
        var isParted = map.Encoding.IsBinary && MaskDoubt.IsBlurred(survey);
        var encoding = isParted ? map.Encoding with { ClassMap = MaskEncoding.Halves } : map.Encoding;
        if (encoding.ClassMap is not { } table)
            return MaskClasses.Of(map);
        var count = map.ClassCount!.Value;
        var ofClass = new (int Id, long Pixels)[count];
        foreach (var (id, tally) in survey.Numbers.OrderBy(entry => entry.Key))
        {
            if (id is >= 0 and <= byte.MaxValue && id != map.Encoding.IgnoreValue && table[id] < count && tally.Pixels > ofClass[table[id]].Pixels)
                ofClass[table[id]] = (id, tally.Pixels);
        }

        var values = Enumerable.Range(0, count).Select(k => ofClass[k].Pixels > 0 ? ofClass[k].Id : table.ToList().IndexOf((byte)k))
            .Select(id => id.ToString(CultureInfo.InvariantCulture)).ToArray();
        if (map.Encoding.IsBinary && ofClass[1].Pixels == 0)
            values[1] = "255";
        if (isParted)
            values = ["0", "255"];
        var absent = Enumerable.Range(0, count).Where(k => ofClass[k].Pixels == 0).Select(k => map.NameOf(k)).ToArray();
        var ids = survey.Numbers.Keys.Where(id => id is >= 0 and <= byte.MaxValue).Order().ToArray();
        if (isParted)
            notes.Add(FormattableString.Invariant(
                $"{subject}: {count} classes by --classes-map {map.Source} in {Masks}, parted at 128 of 255: {Blur()}; masks are written with {values[0]} and {values[1]}."));
        else if (survey.LossyFiles == 0)
            notes.Add(FormattableString.Invariant(
                $"{subject}: {count} classes by --classes-map {map.Source}, from the ids {Shares(ids, survey.Numbers)} in {Masks}{(absent.Length > 0 ? $"; no pixel is of {Listed(absent)}" : "")}; masks are written with the ids of the files."));
        if (survey.LossyFiles > 0)
            notes.Add(FormattableString.Invariant($"{subject}: {survey.LossyFiles} of {Masks} are JPEG or lossy WebP, which change numbers; they are parted at 128 of 255."));
        return new MaskClasses(encoding, count, map.Names, values);
    }

    private string Blur()
    {
        var (files, highest) = survey.FilesBelow128;
        return MaskDoubt.Blur(survey) + (files == 0 ? "" : FormattableString.Invariant(
            $"; {files} of the masks reach no higher than {highest} and are all background (if that is their foreground, save all masks alike)"));
    }

    private MaskClasses ByColour()
    {
        var found = survey.Colours.Keys.Where(colour => colour >= 0).Order().ToArray();
        if (found.Length > MostFound)
            throw new UserErrorException(FormattableString.Invariant(
                $"{option}: the masks are colour-coded and hold {(found.Length > 4000 ? "thousands of" : FormattableString.Invariant($"{found.Length}"))} colours, where a class has one; they are photographs, or their edges were smoothed. Save them without smoothing and not as JPEG, or list the colours that count with --mask-colours."));
        if (found.Length < 2)
            throw new OneClassException($"{option}: the masks hold one colour only, {string.Join("", found.Select(MaskClasses.ColourText))}, so there is nothing to tell apart.");
        var why = survey.PalettesDiffer ? "; their palettes differ, so that the colours decide and not the indices (--mask-colours none takes the indices)" : "";
        var known = KnownColours.That(found) is { } name ? $"; all are colours of {name}: --mask-colours {name} names them, and knows which mean no label" : "; --mask-colours FILE names them, or says which mean no label";
        notes.Add(FormattableString.Invariant($"{subject}: {found.Length} classes in {Masks} by colour, {Shares(found, survey.Colours, MaskClasses.ColourText)}{why}{known}."));
        if (map.IsIgnoreGiven)
            notes.Add($"{subject}: --ignore-value counts for numbers, and these masks are read by colour; say with --mask-colours which colour means no label.");
        return new MaskClasses(
            new MaskEncoding { Colours = found.Select((colour, k) => (colour, k)).ToDictionary(entry => entry.colour, entry => (byte)entry.k), ClassCount = found.Length },
            found.Length, null, [.. found.Select(MaskClasses.ColourText)]);
    }

    // Classes that no pixel has would be outputs of the network without anything to learn.
    private MaskClasses ByColourMap(IReadOnlyList<Datasets.MaskColour> colours)
    {
        var occurring = colours.Where(entry => survey.Colours.ContainsKey(entry.Colour)).ToArray();
        var classes = occurring.Where(entry => entry.Class != MaskEncoding.Ignored).GroupBy(entry => entry.Class).OrderBy(group => group.Key).ToArray();
        if (classes.Length < 2)
            throw new OneClassException(FormattableString.Invariant(
                $"{option}: the masks hold colours of {classes.Length} of the classes of --mask-colours {map.ColourSource}, so there is nothing to tell apart; the most frequent colours of the files are {string.Join(", ", survey.Colours.OrderByDescending(entry => entry.Value.Pixels).Take(5).Select(entry => MaskClasses.ColourText(entry.Key)))}."));
        var numberOf = classes.Select((group, k) => (group.Key, k)).ToDictionary(entry => entry.Key, entry => (byte)entry.k);
        var encoding = new MaskEncoding
        {
            Colours = colours.Where(entry => entry.Class == MaskEncoding.Ignored || numberOf.ContainsKey(entry.Class)).GroupBy(entry => entry.Colour)
                .ToDictionary(group => group.Key, group => group.First().Class is var id && id == MaskEncoding.Ignored ? id : numberOf[id]),
            ClassCount = classes.Length,
        };
        var total = survey.Colours.Values.Sum(tally => tally.Pixels);
        var without = occurring.Where(entry => entry.Class == MaskEncoding.Ignored).Sum(entry => survey.Colours[entry.Colour].Pixels);
        string[] names = [.. classes.Select(group => group.First().Name)];
        notes.Add(FormattableString.Invariant(
            $"{subject}: {classes.Length} classes in {Masks} by --mask-colours {map.ColourSource}: {Listed(names)}; {(double)without / total:P1} of the pixels have no label."));
        return new MaskClasses(encoding, classes.Length, names, [.. classes.Select(group => MaskClasses.ColourText(group.MaxBy(entry => survey.Colours[entry.Colour].Pixels)!.Colour))]);
    }

    private string NoLabel(int ignore)
    {
        var total = survey.Numbers.Values.Sum(tally => tally.Pixels);
        var none = survey.Numbers.GetValueOrDefault(-1).Pixels + (ignore >= 0 ? survey.Numbers.GetValueOrDefault(ignore).Pixels : 0);
        return none == 0 ? "" : FormattableString.Invariant(
            $"; {(ignore >= 0 && survey.Numbers.ContainsKey(ignore) ? ignore : -1)} means no label ({(double)none / total:P1} of the pixels){(map.IsIgnoreGiven ? "" : "; --ignore-value none makes it a class")}");
    }

    private static string Shares(IReadOnlyList<int> values, IReadOnlyDictionary<int, Tally> tallies, Func<int, string>? text = null)
    {
        const int Shown = 12;
        text ??= value => value.ToString(CultureInfo.InvariantCulture);
        if (values.Count > Shown)
            return values[^1] - values[0] == values.Count - 1 ? $"{text(values[0])} to {text(values[^1])}" : Listed([.. values.Select(text)]);
        var total = Math.Max(1, tallies.Values.Sum(tally => tally.Pixels));
        return string.Join(", ", values.Select(value => FormattableString.Invariant($"{text(value)} ({(double)tallies[value].Pixels / total:P1})")));
    }

    private static string Listed(IReadOnlyList<string> texts)
    {
        const int Shown = 20;
        return string.Join(", ", texts.Take(Shown)) + (texts.Count > Shown ? FormattableString.Invariant($", ... ({texts.Count} in all)") : "");
    }
}

/// <summary>Masks in which there is nothing to tell apart.</summary>
internal sealed class OneClassException(string message) : UserErrorException(message);
