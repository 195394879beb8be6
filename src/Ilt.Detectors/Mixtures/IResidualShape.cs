namespace Ilt.Detectors;

/// <summary>The distribution of residuals of right numbers in units of their local scale.</summary>
internal interface IResidualShape
{
    /// <summary>The logarithms of its density, of [rows x components].</summary>
    double[] LogDensities(double[] scaled);

    /// <summary>One step of expectation and maximisation, which raises the weighted likelihood.</summary>
    /// <param name="scaled">[rows x components].</param>
    /// <param name="weights">[rows]: how probably each is right.</param>
    IResidualShape Step(double[] scaled, double[] weights);
}
