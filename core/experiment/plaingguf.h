// A GGUF file read by the description of the format alone, plainly and slowly: what an export is held
// against. Shares nothing with what writes one. Immutable; any thread.
#pragma once

#include "core/base/files.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pare {

struct PlainGgufTensor
{
    std::string name;
    std::uint32_t type = 0; ///< the format's number: 0 float32, 1 float16, 30 bfloat16, else blocks
    std::vector<std::int64_t> shape; ///< [out, in]
    std::uint64_t begin = 0;         ///< of its bytes in the file

    std::int64_t count() const;
};

class PlainGguf
{
public:
    /// Maps the file. Throws Io, InvalidFile where the file ends before what its head announces, or
    /// holds a tensor of a type that Pare does not write.
    explicit PlainGguf(const std::filesystem::path &path);

    const std::vector<PlainGgufTensor> &tensors() const { return m_tensors; }
    const PlainGgufTensor *find(const std::string &name) const;
    /// float32 [count], the weights of `tensor` from the `first` on, row after row.
    at::Tensor values(const PlainGgufTensor &tensor, std::int64_t first, std::int64_t count) const;

    bool hasKey(const std::string &key) const { return m_keys.contains(key); }
    /// The value of a key: an array, or a single one as an array of one. Empty: there is no such key, or
    /// it holds something else.
    std::vector<std::string> texts(const std::string &key) const;
    std::vector<double> numbers(const std::string &key) const;

    void releasePages() const { m_file.releasePages(); }

private:
    MappedFile m_file;
    std::vector<PlainGgufTensor> m_tensors;
    std::map<std::string, std::uint64_t> m_keys; ///< where the type of the value stands
};

} // namespace pare
