using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public sealed class RegressionCatalog
    {
        internal RegressionCatalog()
        {
        }

        public RegressionMetrics Evaluate(IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score")
        {
            var label = EvaluationInput.Find(data, "label", labelColumnName, "Single", type => type == NumberDataViewType.Single);
            var score = EvaluationInput.FindScore(data, scoreColumnName);
            double rows = 0, squared = 0, sum = 0, sumOfSquares = 0;
            foreach (var (actual, predicted) in EvaluationInput.Pairs(data, label, score))
            {
                var error = (double)actual - predicted;
                rows++;
                squared += error * error;
                sum += actual;
                sumOfSquares += (double)actual * actual;
            }
            var variance = (sumOfSquares / rows) - (sum / rows * (sum / rows));
            return rows == 0 ? new(0, 0) : new(Math.Sqrt(squared / rows), 1 - (squared / rows / variance));
        }
    }
}

namespace Microsoft.ML.Data
{
    public sealed class RegressionMetrics
    {
        internal RegressionMetrics(double rootMeanSquaredError, double rSquared)
        {
            RootMeanSquaredError = rootMeanSquaredError;
            RSquared = rSquared;
        }

        public double RootMeanSquaredError { get; }

        public double RSquared { get; }
    }
}
