using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

// What mlContext.Regression.PermutationFeatureImportance and its kin ask of a transformer. Explicit, since only they need it.
public sealed partial class MultiTaskTransformer : ISingleFeaturePredictionTransformer<MultiTaskModel>
{
    MultiTaskModel IPredictionTransformer<MultiTaskModel>.Model => Fitted.Model;

    string ISingleFeaturePredictionTransformer<MultiTaskModel>.FeatureColumnName => OnlyFeature.Name;

    DataViewType ISingleFeaturePredictionTransformer<MultiTaskModel>.FeatureColumnType => OnlyFeature.Size == 1
        ? NumberDataViewType.Single
        : new VectorDataViewType(NumberDataViewType.Single, OnlyFeature.Size);

    private FeatureColumn OnlyFeature => Fitted.Schema.Features is [var feature]
        ? feature
        : throw new InvalidOperationException(Fitted.Schema.Image is { } image
            ? $"The model reads the image column '{image.Name}'; permutation of features is for one feature column of numbers."
            : $"The model reads {Fitted.Schema.Features.Count} feature columns; permutation of features is for one. Join them before the trainer with mlContext.Transforms.Concatenate.");
}
