// How the numbers of one factor are stored: a plain value.
#pragma once

#include "core/model/dtype.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pare {

enum class CodecKind { Float32, Float16, BFloat16, Affine, Codebook, Ternary, Binary };

/// What shares one scale (or one codebook).
enum class Granularity { Tensor, Channel, Group };

struct Codec
{
    CodecKind kind = CodecKind::Float32;
    int bits = 8;                                   ///< affine: 2…8
    Granularity granularity = Granularity::Channel; ///< affine, ternary, binary
    std::int64_t group = 0; ///< consecutive weights of a row, with Granularity::Group
    bool symmetric = true;  ///< affine: without zero points
    int codebookSize = 16;  ///< codebook: 2…256 values, bits = ceil(log2)
    /// How the layer's inputs are multiplied. 0: in floating point; 8: rounded to 8 bits when it
    /// runs, symmetric, one scale per token (only for 8 bits affine, symmetric, per channel or
    /// tensor). Takes no bytes.
    int activationBits = 0;
    /// Binary: how many ±scales a weight is the sum of, each with a bit and scales of its own; 1 or 2.
    int planes = 1;

    bool isDense() const { return kind <= CodecKind::BFloat16; }
    bool operator==(const Codec &) const = default;
};

/// The dense codec that keeps a checkpoint's own floating type (float64 becomes float32).
Codec denseCodec(DType type);

/// Its inverse; float32 for codecs whose values are codes.
DType denseType(CodecKind kind);

/// Bits of one stored weight, without scales.
int codeBits(const Codec &codec);

/// Throws InvalidSetting where bits, group or codebook size are out of range, or activationBits does
/// not go with the rest.
void checkCodec(const Codec &codec);

/// "float32", "4 bits, groups of 64": for people, in English.
std::string describe(const Codec &codec);

nlohmann::ordered_json toJson(const Codec &codec);
/// Throws InvalidFile; `origin` opens the message.
Codec codecFromJson(const nlohmann::ordered_json &json, const std::string &origin);

} // namespace pare
