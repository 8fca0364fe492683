// A weight of the algebra whose numbers are trained as they are stored: masks stay, codecs are
// trained through, factors stay factors.
//
// What is trained (the latents) are float32 leaves of autograd: the values before their codec, of each
// plane of a binary one its own, the logarithms of affine scales, the values of codebooks, the scores of masks that are learnt. The
// view is what the codec makes of them, bit for bit what stored() decodes to. Belongs to its
// network, on that one's thread.
#pragma once

#include "core/network/kernels/kernelchoice.h"
#include "core/network/straightthrough.h"
#include "core/weights/weight.h"

#include <optional>
#include <string>
#include <vector>

namespace pare {

enum class ParameterKind {
    Matrix, ///< matrices and tables
    Vector, ///< biases, norms, and what belongs to codecs
    Scores, ///< of weights, by which a mask is learnt
};

struct NamedParameter
{
    std::string name; ///< "encoder.0.ffn.up.weight"
    ParameterKind kind = ParameterKind::Matrix;
    at::Tensor tensor; ///< float32, contiguous, a leaf that wants a gradient
};

/// How training finds out which weights go.
enum class MaskScore {
    Magnitude,    ///< the smallest at that moment (Zhu and Gupta 2017, 1710.01878)
    Movement,     ///< those that moved towards zero (Sanh et al. 2020, 2005.07683)
    SoftMovement, ///< those whose score is below a threshold (likewise)
};

struct LearnedMask
{
    MaskScore score = MaskScore::Movement;
    double sparsity = 0;    ///< at the end; not for SoftMovement
    double threshold = 0.1; ///< of the sigmoid of a score, at the end, for SoftMovement

    bool operator==(const LearnedMask &) const = default;
};

class TrainableFactor
{
public:
    /// Latents begin at `original` (float32, of the same shape, may be undefined) as far as its codes
    /// are those of `start`, else at the values of `start`: the view begins as `start` either way.
    TrainableFactor(const Factor &start, const at::Tensor &original,
                    const std::optional<LearnedMask> &mask);

    /// float32, of the factor's shape, without the input scale.
    at::Tensor view() const;
    Factor stored() const;

    /// Ternary weights become the sum of two binary planes (weights/planes.h), which are trained each
    /// from now on; the view stays as it is. Of other codecs nothing happens. Masks that are learnt
    /// are to have their whole share.
    void split();

    /// x · input scale, rounded where the codec says that inputs are.
    at::Tensor inputs(const at::Tensor &x) const;

    void listParameters(const std::string &name, std::vector<NamedParameter> &to) const;

    /// What a mask that is learnt takes away from now on: this share of what it does at the end.
    void setMaskShare(double share) { m_maskShare = share; }
    /// Affine weights are seen with so many bits from now on, where they are stored with fewer; the
    /// range that their codes reach stays. What is stored has its own bits whatever is seen: the view
    /// is that again at 0.
    void setBits(int bits) { m_bits = bits; }
    /// Mean of the sigmoid of the scores, for the penalty of SoftMovement; undefined: none are.
    at::Tensor meanGate() const;

    /// Of the first plane, where there are two.
    const at::Tensor &latent() const { return m_latent; }
    /// Undefined: there is no second plane.
    const at::Tensor &secondLatent() const { return m_second; }
    const Codec &codec() const { return m_start.codec(); }

private:
    at::Tensor trainedValues() const;
    at::Tensor learnedMask() const;
    at::Tensor maskedBy(const at::Tensor &learned, const at::Tensor &values) const;
    at::Tensor viewOfPlanes() const;
    Factor encodedFrom(const at::Tensor &values, const at::Tensor &mask) const;
    Factor withInputScale(const Factor &factor) const;
    at::Tensor affineView(const at::Tensor &from, const at::Tensor &mask) const;

    Factor m_start;
    at::Tensor m_latent;    ///< not of codebooks
    at::Tensor m_second;    ///< of the second of two planes
    at::Tensor m_logScales; ///< affine
    at::Tensor m_codebook;  ///< float32 [slots, k]
    at::Tensor m_codes;     ///< of codebooks
    std::optional<LearnedMask> m_mask;
    at::Tensor m_scores;
    double m_maskShare = 1;
    int m_bits = 0; ///< that are seen; its own where they are no fewer
};

class TrainableWeight
{
public:
    TrainableWeight() = default;
    /// Not of a shared weight. `original`: the dense matrix it was made of; may be undefined.
    explicit TrainableWeight(const Weight &start, const at::Tensor &original = {},
                             const std::optional<LearnedMask> &mask = {});

    /// The views of its factors, to be made once a pass.
    std::vector<at::Tensor> views() const;

    /// x Wᵀ + bias, [tokens, out]; bias may be undefined.
    at::Tensor multiplied(const std::vector<at::Tensor> &views, const at::Tensor &x,
                          const at::Tensor &bias,
                          TrainingPrecision precision = TrainingPrecision::Float32) const;

    /// W, [out, in], input scales multiplied in.
    at::Tensor dense(const std::vector<at::Tensor> &views) const;

    /// Whether multiplied() is the product with dense() and nothing else.
    bool isPlain() const;

    Weight stored() const;
    const Weight &start() const { return m_start; }
    /// TrainableFactor::split() of each factor.
    void split();
    void listParameters(const std::string &name, std::vector<NamedParameter> &to) const;
    std::vector<TrainableFactor> &factors() { return m_factors; }
    const std::vector<TrainableFactor> &factors() const { return m_factors; }

private:
    Weight m_start;
    std::vector<TrainableFactor> m_factors; ///< in the order in which the algebra names them
};

} // namespace pare
