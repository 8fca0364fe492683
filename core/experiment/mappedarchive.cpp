#include "core/experiment/mappedarchive.h"

#include "core/base/error.h"
#include "core/experiment/messages.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/record_function.h>
#include <caffe2/serialize/read_adapter_interface.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <set>
#include <span>

namespace pare {

namespace {

/// Only numbers are so long: code and names of a model are some kilobytes.
constexpr std::size_t longRead = 1u << 18;

using Bytes = std::span<const std::byte>;

class LazyReader : public caffe2::serialize::ReadAdapterInterface
{
public:
    explicit LazyReader(Bytes file)
        : m_file(file)
    {}

    std::size_t size() const override { return m_file.size(); }

    std::size_t read(std::uint64_t position, void *to, std::size_t count,
                     const char *) const override
    {
        if (position >= m_file.size())
            return 0;
        const Bytes from = m_file.subspan(position, std::min(count, m_file.size() - position));
        if (from.size() >= longRead)
            m_leftOut[to] = from;
        else
            std::memcpy(to, from.data(), from.size());
        return from.size();
    }

    /// What should stand at an address, by that address.
    const std::map<const void *, Bytes> &leftOut() const { return m_leftOut; }

private:
    Bytes m_file;
    mutable std::map<const void *, Bytes> m_leftOut;
};

/// `bytes` in place of the memory of `tensor`.
at::Tensor laidOver(const at::Tensor &tensor, Bytes bytes,
                    const std::shared_ptr<const MappedFile> &file)
{
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % tensor.element_size() != 0) {
        at::Tensor copy = at::empty(tensor.sizes(), tensor.options());
        std::memcpy(copy.data_ptr(), bytes.data(), bytes.size());
        return copy;
    }
    return at::from_blob(
        const_cast<std::byte *>(bytes.data()), tensor.sizes(), tensor.strides(), [file](void *) {},
        tensor.options());
}

/// The pages that the running module came from; callbacks of LibTorch are plain functions.
thread_local const MappedArchive *running = nullptr;

void release(const at::RecordFunction &, at::ObserverContext *)
{
    running->releasePages();
}

} // namespace

MappedArchive::MappedArchive(const std::filesystem::path &file)
    : m_file(std::make_shared<const MappedFile>(file))
{}

torch::jit::Module MappedArchive::load() const
{
    const at::NoGradGuard noGradients;
    const auto reader = std::make_shared<LazyReader>(m_file->bytes());
    torch::jit::Module module = torch::jit::load(reader);
    std::set<const void *> found;
    const auto fill = [&](at::Tensor tensor) {
        const auto bytes = reader->leftOut().find(tensor.data_ptr());
        if (bytes == reader->leftOut().end())
            return;
        if (tensor.storage_offset() != 0 || bytes->second.size() != tensor.nbytes() ||
            !tensor.is_contiguous())
            throw Error(ErrorKind::InvalidFile, messages::exportScript, m_file->path(),
                        "a tensor is not as long as its bytes");
        found.insert(bytes->first);
        tensor.set_data(laidOver(tensor, bytes->second, m_file));
    };
    for (const at::Tensor &tensor : module.parameters())
        fill(tensor);
    for (const at::Tensor &tensor : module.buffers())
        fill(tensor);
    if (found.size() != reader->leftOut().size())
        throw Error(ErrorKind::InvalidFile, messages::exportScript, m_file->path(),
                    "numbers that belong to no parameter");
    return module;
}

ReleasingPages::ReleasingPages(const MappedArchive &archive)
{
    assert(!running);
    running = &archive;
    m_callback = at::addThreadLocalCallback(
        at::RecordFunctionCallback(
            [](const at::RecordFunction &) -> std::unique_ptr<at::ObserverContext> { return {}; },
            release)
            .scopes({at::RecordScope::FUNCTION}));
}

ReleasingPages::~ReleasingPages()
{
    at::removeCallback(m_callback);
    running = nullptr;
}

} // namespace pare
