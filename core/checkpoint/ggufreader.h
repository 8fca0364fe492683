// A GGUF file opened for reading: header checked, tensors widened one at a time. Immutable; any thread
// may read it.
#pragma once

#include "core/base/files.h"
#include "core/checkpoint/ggufheader.h"

#include <ATen/core/Tensor.h>
#include <filesystem>
#include <string_view>

namespace pare {

class GgufReader
{
public:
    /// Maps the file. Throws Io, and what parsedGgufHeader() throws.
    explicit GgufReader(const std::filesystem::path &path);

    const std::filesystem::path &path() const { return m_file.path(); }
    const GgufHeader &header() const { return m_header; }
    std::uint64_t fileSize() const { return m_file.bytes().size(); }
    /// nullptr where the file has no such tensor.
    const GgufTensor *find(std::string_view name) const;
    /// The bytes of one of the header's tensors.
    std::span<const std::byte> bytes(const GgufTensor &tensor) const;
    /// What they stand for, float32 of the tensor's shape; memory of its own.
    at::Tensor values(const GgufTensor &tensor) const;
    /// The same of `count` weights from the `first` on, row after row: float32 [count]; both are multiples
    /// of 32, but for the last of types that are not quantized.
    at::Tensor values(const GgufTensor &tensor, std::int64_t first, std::int64_t count) const;

    /// See MappedFile::releasePages().
    void releasePages() const { m_file.releasePages(); }

    // Of the metadata. Throw InvalidFile where the key is missing or holds another kind of value.
    std::int64_t integer(std::string_view key) const;
    double real(std::string_view key) const;
    const std::string &text(std::string_view key) const;
    const std::vector<std::string> &texts(std::string_view key) const;

private:
    template <class Kind>
    const Kind &require(std::string_view key, const char *expected) const;

    MappedFile m_file;
    GgufHeader m_header;
};

} // namespace pare
