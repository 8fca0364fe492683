// One matrix as it is stored: codes of a codec, an optional mask, an optional scale of its inputs.
//
// A factor is immutable and cheap to copy (tensors are shared). It knows how it is packed into a
// file, to the byte, and what it decodes to. Loading a packed factor never widens it: values()
// does, on demand. Any thread. The arithmetic of the codecs stands in encoding.h, the order of bits
// in bitpacking.h, the form of masks in masks.h.
//
// Tensors of a file, for a factor called `prefix` (uint8 and flat where nothing else is said):
//   prefix             dense codecs whose zeros, if there is a mask, stand among the values: the
//                      values, of the codec's dtype and the factor's shape
//   prefix.codes       else: codes row by row, bit-packed; of a dense codec the kept values, of its
//                      dtype, [kept]. With a bitmap or an index list only kept weights have a code
//   prefix.scales      float16, one per slot: matrix, row, or group (the last group of a row may be
//                      shorter); of two planes, those of the second after those of the first
//   prefix.zeros       zero points of an asymmetric codec, bit-packed like codes
//   prefix.codebook    float16 [slots, k]
//   prefix.mask        bitmap
//   prefix.counts, prefix.columns   index list
//   prefix.inputScale  float16 [in]
#pragma once

#include "core/weights/codec.h"
#include "core/weights/planes.h"
#include "core/weights/scales.h"

#include <ATen/core/Tensor.h>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

/// One tensor of a file to be written or just read. `data` is contiguous, of `dtype` and `shape`.
struct StoredTensor
{
    std::string name;
    DType dtype = DType::Float32;
    std::vector<std::int64_t> shape;
    at::Tensor data;
};

/// What a kernel multiplies that works on the codes themselves: x̂ = scales[row] · codes[row, i].
struct IntegerValues
{
    at::Tensor codes;  ///< int8 [out, in], in ±127; masked-out weights are 0
    at::Tensor scales; ///< float32 [out]
};

/// How the zeros of a pruned factor are written; the smallest is chosen.
enum class MaskEncoding {
    None,    ///< not pruned
    Dense,   ///< zeros stand among the values
    Bitmap,  ///< one bit a weight, then the kept values
    Indices, ///< kept weights of each row and their columns, then the kept values
};

class Factor
{
public:
    Factor() = default;

    /// A dense factor over `values` as they are (any floating type the codec names); no copy, so
    /// they must not be changed afterwards. float64 becomes float32. Throws Unsupported for other
    /// types.
    static Factor dense(at::Tensor values);

    /// Encodes `values` (float32, [out, in] or [width]); masked-out entries (mask, bool, same
    /// shape, may be undefined) become exact zeros. Scales are rounded to half precision before
    /// codes are taken with them. Throws Unsupported where a value cannot be represented (not
    /// finite, beyond half-precision scales), where a vector is not to be dense, and for codebooks,
    /// which need their values; InvalidSetting for a bad codec. Float32 without a mask shares the
    /// memory of `values`, as dense() does.
    static Factor encoded(const at::Tensor &values, const Codec &codec,
                          const at::Tensor &mask = {});

    /// As encoded() for an affine codec, with scales chosen before: the nearest codes, values beyond
    /// their range clipped to its ends. encoded() is this with minMaxScales(). Throws InvalidSetting
    /// where the scales do not fit the matrix.
    static Factor encodedWithScales(const at::Tensor &values, const Codec &codec,
                                    const Scales &scales, const at::Tensor &mask = {});

    /// Encodes with the nearest value of `codebook`, [codebooks, k] (one row per matrix, row or
    /// group, as codec.granularity says), which is rounded to half precision and sorted.
    static Factor encodedWithCodebook(const at::Tensor &values, const Codec &codec,
                                      const at::Tensor &codebook, const at::Tensor &mask = {});

    /// Of a binary codec with two planes: those, each as binary codes have it (encoding.h).
    static Factor encodedPlanes(const Planes &planes, const Codec &codec,
                                const at::Tensor &mask = {});

    const std::vector<std::int64_t> &shape() const { return m_shape; }
    const Codec &codec() const { return m_codec; }
    bool defined() const { return !m_shape.empty(); }
    bool isMasked() const { return m_mask.defined(); }
    /// bool, of shape(); undefined where nothing is pruned. Read from a file in which zeros stand
    /// among the values, it leaves out all zeros, kept ones too.
    const at::Tensor &mask() const { return m_mask; }
    /// float16 [in], multiplied onto the inputs before the matrix (AWQ, SmoothQuant); undefined:
    /// none.
    const at::Tensor &inputScale() const { return m_inputScale; }
    /// Rounds `scale` [in] to half precision. Throws InvalidSetting where it does not fit or is not
    /// finite.
    Factor withInputScale(const at::Tensor &scale) const;

    /// What the codes stand for, float32, shape(); without the input scale. Not to be changed: a
    /// dense factor hands out its own memory.
    at::Tensor values() const;
    /// What each plane's own codes stand for, of a codec with two; values() is their sum.
    Planes planes() const;
    /// values() with the input scale multiplied in: what a plain linear layer would hold.
    at::Tensor effectiveValues() const;

    /// The code of every weight, uint8, shape(); for codecs that are not dense. Codes of masked-out
    /// weights mean nothing.
    at::Tensor codes() const;
    /// Of an affine codec, and of ternary and binary ones, which have no zero points.
    Scales scales() const { return {m_scales, m_zeroPoints}; }
    /// float16 [codebooks, k], of a codec with codebooks.
    const at::Tensor &codebook() const { return m_codebook; }

    /// The codes of a codec of 8 bits, symmetric, per channel or tensor, without widening them (else
    /// an assertion), and without the input scale.
    IntegerValues integerValues() const;
    /// What a dense codec stores, of its own type, shape(); without the input scale. Not to be
    /// changed.
    const at::Tensor &denseValues() const;

    std::int64_t count() const;     ///< weights, masked ones included
    std::int64_t keptCount() const; ///< weights that are not pruned
    MaskEncoding maskEncoding() const { return m_maskEncoding; }

    /// The tensors a file holds for this factor, as listed above.
    std::vector<StoredTensor> packed(const std::string &prefix) const;
    /// Reverses packed(): `tensors` by full name. Checks every size; throws InvalidFile opened by
    /// `origin`.
    static Factor unpacked(const nlohmann::ordered_json &description, const std::string &prefix,
                           const std::map<std::string, StoredTensor> &tensors,
                           const std::string &origin);
    /// What unpacked() needs to know beside the tensors: shape, codec, mask encoding.
    nlohmann::ordered_json description() const;

    /// Bytes of packed(), by part: "values", "scales", "masks", "codebooks", "rest"; parts of 0
    /// left out.
    std::map<std::string, std::int64_t> bytesByPart() const;

private:
    /// The codes of a matrix of float32, contiguous, with the mask that is stored.
    template <class Encode>
    static Factor coded(const at::Tensor &values, const Codec &codec, const at::Tensor &mask,
                        const Encode &encode);
    void setMask(at::Tensor mask);
    bool hasPlainName() const; ///< stands in a file as `prefix` itself
    at::Tensor keptCodes() const;

    friend class FactorReader; // rebuilds the members from a file

    std::vector<std::int64_t> m_shape;
    Codec m_codec;
    at::Tensor m_codes;      ///< dense: the values; else bit-packed codes of all weights, uint8
    at::Tensor m_scales;     ///< float16 [scales]
    at::Tensor m_zeroPoints; ///< uint8 [scales], one code each
    at::Tensor m_codebook;   ///< float16 [codebooks, k]
    at::Tensor m_mask;
    std::int64_t m_kept = 0; ///< with a mask
    MaskEncoding m_maskEncoding = MaskEncoding::None;
    at::Tensor m_inputScale;
};

/// Bytes of a factor that is not there yet, by part: equal to bytesByPart() of one with that shape,
/// codec and number of kept weights (`kept` == all: not masked). Lets sizes be planned without
/// weights.
std::map<std::string, std::int64_t> plannedBytes(std::span<const std::int64_t> shape,
                                                 const Codec &codec,
                                                 std::optional<std::int64_t> kept = {});

} // namespace pare
