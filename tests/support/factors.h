#pragma once

// Matrices, codecs and comparisons that the tests of factors share.

#include "core/base/random.h"
#include "core/tensors/safetensorswriter.h"
#include "core/weights/factor.h"

#include <ATen/ATen.h>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pare {

inline at::Tensor matrix(std::int64_t rows, std::int64_t columns,
                         const std::function<float(std::int64_t, std::int64_t)> &value)
{
    at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j)
            tensor.data_ptr<float>()[i * columns + j] = value(i, j);
    return tensor;
}

/// Roughly normal values, always the same.
inline at::Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed = 1,
                        float scale = 0.05f)
{
    Random random(seed);
    return matrix(rows, columns, [&](auto, auto) {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += random.uniform();
        return static_cast<float>(sum) * scale;
    });
}

inline at::Tensor randomMask(std::int64_t rows, std::int64_t columns, double kept,
                             std::uint64_t seed = 3)
{
    Random random(seed);
    at::Tensor mask = at::empty({rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < mask.numel(); ++i)
        mask.data_ptr<bool>()[i] = random.uniform() < kept;
    return mask;
}

/// The grid values of a codec that is not dense.
inline at::Tensor someCodebook(std::int64_t slots, int size)
{
    return matrix(slots, size, [size](auto slot, auto i) {
        return 0.1f * (static_cast<float>((i * 7) % size) / static_cast<float>(size) - 0.5f) +
               0.001f * static_cast<float>(slot % 5);
    });
}

inline std::int64_t slotsOf(const at::Tensor &values, const Codec &codec)
{
    switch (codec.granularity) {
    case Granularity::Tensor:
        return 1;
    case Granularity::Channel:
        return values.size(0);
    case Granularity::Group:
        return values.size(0) * ((values.size(1) + codec.group - 1) / codec.group);
    }
    return 0;
}

inline Factor encode(const at::Tensor &values, const Codec &codec, const at::Tensor &mask = {})
{
    if (codec.kind == CodecKind::Codebook)
        return Factor::encodedWithCodebook(
            values, codec, someCodebook(slotsOf(values, codec), codec.codebookSize), mask);
    return Factor::encoded(values, codec, mask);
}

inline bool sameBits(const at::Tensor &a, const at::Tensor &b)
{
    return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() &&
           (a.numel() == 0 ||
            std::memcmp(a.contiguous().data_ptr(), b.contiguous().data_ptr(), a.nbytes()) == 0);
}

inline std::map<std::string, StoredTensor> byName(const std::vector<StoredTensor> &tensors)
{
    std::map<std::string, StoredTensor> map;
    for (const StoredTensor &tensor : tensors)
        map[tensor.name] = tensor;
    return map;
}

inline std::int64_t total(const std::map<std::string, std::int64_t> &parts)
{
    std::int64_t sum = 0;
    for (const auto &[part, bytes] : parts)
        sum += bytes;
    return sum;
}

inline std::int64_t total(const std::vector<StoredTensor> &tensors)
{
    std::int64_t sum = 0;
    for (const StoredTensor &tensor : tensors)
        sum += static_cast<std::int64_t>(tensor.data.nbytes());
    return sum;
}

inline Codec affine(int bits, Granularity granularity = Granularity::Channel,
                    std::int64_t group = 0, bool symmetric = true)
{
    return {CodecKind::Affine, bits, granularity, group, symmetric};
}

inline std::vector<Codec> someCodecs()
{
    std::vector<Codec> codecs{{CodecKind::Float32}, {CodecKind::Float16}, {CodecKind::BFloat16}};
    for (int bits = 2; bits <= 8; ++bits) {
        codecs.push_back(affine(bits, Granularity::Channel));
        codecs.push_back(affine(bits, Granularity::Group, 5, false));
    }
    codecs.push_back(affine(4, Granularity::Tensor));
    codecs.push_back(affine(8, Granularity::Tensor, 0, false));
    codecs.push_back(affine(3, Granularity::Group, 1000));
    for (const Granularity granularity :
         {Granularity::Tensor, Granularity::Channel, Granularity::Group}) {
        codecs.push_back({CodecKind::Ternary, 8, granularity, 7});
        codecs.push_back({CodecKind::Binary, 8, granularity, 7});
        codecs.push_back({CodecKind::Binary, 8, granularity, 7, true, 16, 0, 2});
        codecs.push_back({CodecKind::Codebook, 8, granularity, 7, true, 16});
    }
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Channel, 0, true, 5});
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Tensor, 0, true, 256});
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Tensor, 0, true, 2});
    for (Codec &codec : codecs)
        if (codec.granularity != Granularity::Group)
            codec.group = 0;
    return codecs;
}

} // namespace pare
