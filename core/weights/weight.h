// The algebra every weight matrix is held in: one factor, a product of two, or another layer's.
#pragma once

#include "core/weights/factor.h"

#include <functional>
#include <map>
#include <string>
#include <variant>

namespace pare {

/// W = left · right, [out, rank] · [rank, in].
struct Product
{
    Factor left;
    Factor right;
};

/// W = a ⊗ b, [out/p, in/q] ⊗ [p, q].
struct Kronecker
{
    Factor a;
    Factor b;
};

/// Two kinds of columns in one matrix: W[:, indices] = chosen, the others = rest.
struct Columns
{
    at::Tensor indices; ///< int32 [chosen], ascending
    Factor chosen;      ///< [out, chosen]
    Factor rest;        ///< [out, in − chosen]
};

/// Another layer's weight; no bytes of its own.
struct Shared
{
    std::string layer;
    bool transposed = false;
};

/// int64, ascending: the columns that are not `indices`.
at::Tensor otherColumns(const Columns &columns);

using Weight = std::variant<Factor, Product, Kronecker, Columns, Shared>;

/// float32 [out, in], input scales multiplied in. Shared weights have none of their own: an
/// assertion.
at::Tensor denseValues(const Weight &weight);

std::vector<std::int64_t> shapeOf(const Weight &weight);

std::map<std::string, std::int64_t> bytesByPart(const Weight &weight);

/// Whether it is multiplied with inputs rounded to 8 bits (Codec::activationBits).
bool roundsInputs(const Weight &weight);

/// Stored weights: pruned ones are none, factors count both; shared ones count 0.
std::int64_t parameterCount(const Weight &weight);

/// Multiply-adds of one input row.
std::int64_t multiplyAdds(const Weight &weight);

std::vector<StoredTensor> packed(const Weight &weight, const std::string &prefix);
nlohmann::ordered_json descriptionOf(const Weight &weight);
Weight unpackedWeight(const nlohmann::ordered_json &description, const std::string &prefix,
                      const std::map<std::string, StoredTensor> &tensors,
                      const std::string &origin);

/// "rank 24, 4 bits, groups of 64": for people, in English; empty for a plain dense factor.
std::string describe(const Weight &weight);

/// ‖W−Ŵ‖/‖W‖ (Frobenius, accumulated in float64); 0 where both are zero, infinite where
/// only the original is.
double relativeError(const at::Tensor &original, const at::Tensor &approximation);

/// The same where the approximation is never there as a whole: `stretch(first, count)`, called by many
/// threads at once, is float32 [count], what stands for those of the original's numbers, row after row.
/// `first` is a multiple of 16384.
double
relativeError(const at::Tensor &original,
              const std::function<at::Tensor(std::int64_t first, std::int64_t count)> &stretch);

/// A layer's weight with its bias (dense, [out]; norms: their shift); bias undefined: none.
struct LayerWeights
{
    Weight weight;
    at::Tensor bias;
};

/// All weights of a model by canonical layer name. Copies share tensors; nothing is changed in
/// place.
struct ModelWeights
{
    std::map<std::string, LayerWeights> layers;

    /// Follows Shared to the layer that owns the weight.
    const LayerWeights &resolved(const std::string &layer) const;
    std::string ownerOf(const std::string &layer) const;
};

} // namespace pare
