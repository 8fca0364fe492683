// What of Weight stands in a file: packing and unpacking.
#include "core/base/error.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/json.h"
#include "core/weights/match.h"
#include "core/weights/messages.h"

#include <algorithm>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;
using Tensors = std::map<std::string, StoredTensor>;

std::vector<StoredTensor> joined(std::vector<StoredTensor> a, std::vector<StoredTensor> b)
{
    std::ranges::move(b, std::back_inserter(a));
    return a;
}

/// Where a weight is taken apart in a file.
class WeightReader
{
public:
    WeightReader(const Json &description, const std::string &prefix, const Tensors &tensors,
                 const std::string &origin)
        : m_description(description)
        , m_prefix(prefix)
        , m_tensors(tensors)
        , m_origin(origin)
    {}

    Weight read() const
    {
        if (!m_description.is_object())
            throw Error(ErrorKind::InvalidFile, messages::packingJson, m_origin, "no object");
        if (!m_description.contains("form"))
            return Factor::unpacked(m_description, m_prefix, m_tensors, m_origin);
        const std::string form = textAt(m_description, "form", m_origin);
        if (form == "product")
            return product();
        if (form == "kronecker")
            return kronecker();
        if (form == "columns")
            return columns();
        if (form == "shared")
            return shared();
        throw Error(ErrorKind::InvalidFile, messages::packingForm, m_origin, form);
    }

private:
    Factor part(const char *name) const
    {
        Factor factor = Factor::unpacked(objectAt(m_description, name, m_origin),
                                         m_prefix + "." + name, m_tensors, m_origin);
        if (factor.shape().size() != 2)
            throw Error(ErrorKind::InvalidFile, messages::packingKey, m_origin, "two sizes",
                        "shape", shapeText(factor.shape()));
        return factor;
    }

    [[noreturn]] void rejectShapes(const Factor &a, const Factor &b) const
    {
        throw Error(ErrorKind::InvalidFile, messages::packingShapes, m_origin, shapeText(a.shape()),
                    shapeText(b.shape()));
    }

    Weight product() const
    {
        Product product{part("left"), part("right")};
        if (product.left.shape()[1] != product.right.shape()[0])
            rejectShapes(product.left, product.right);
        return product;
    }

    Weight kronecker() const
    {
        Kronecker product{part("a"), part("b")};
        for (int i = 0; i < 2; ++i)
            if (product.a.shape()[i] * product.b.shape()[i] > INT32_MAX)
                rejectShapes(product.a, product.b);
        return product;
    }

    Weight columns() const
    {
        Columns columns{{}, part("chosen"), part("rest")};
        const std::int64_t chosen = columns.chosen.shape()[1];
        const std::int64_t width = chosen + columns.rest.shape()[1];
        if (columns.chosen.shape()[0] != columns.rest.shape()[0])
            rejectShapes(columns.chosen, columns.rest);
        const std::string name = m_prefix + ".indices";
        const auto found = m_tensors.find(name);
        if (found == m_tensors.end())
            throw Error(ErrorKind::InvalidFile, messages::packingTensorMissing, m_origin, name);
        const StoredTensor &indices = found->second;
        if (indices.dtype != DType::Int32 || indices.shape != std::vector{chosen})
            throw Error(ErrorKind::InvalidFile, messages::packingTensor, m_origin, name,
                        nameOf(DType::Int32), shapeText({chosen}), nameOf(indices.dtype),
                        shapeText(indices.shape));
        std::int64_t least = 0;
        for (const std::int32_t column :
             std::span(indices.data.data_ptr<std::int32_t>(), static_cast<std::size_t>(chosen))) {
            if (column < least || column >= width)
                throw Error(ErrorKind::InvalidFile, messages::packingIndices, m_origin, name, width,
                            column);
            least = column + 1;
        }
        columns.indices = indices.data;
        return columns;
    }

    Weight shared() const
    {
        const bool transposed =
            m_description.contains("transposed") && boolAt(m_description, "transposed", m_origin);
        return Shared{textAt(m_description, "layer", m_origin), transposed};
    }

    const Json &m_description;
    const std::string &m_prefix;
    const Tensors &m_tensors;
    const std::string &m_origin;
};

} // namespace

std::vector<StoredTensor> packed(const Weight &weight, const std::string &prefix)
{
    return match(
        weight, [&](const Factor &factor) { return factor.packed(prefix); },
        [&](const Product &product) {
            return joined(product.left.packed(prefix + ".left"),
                          product.right.packed(prefix + ".right"));
        },
        [&](const Kronecker &product) {
            return joined(product.a.packed(prefix + ".a"), product.b.packed(prefix + ".b"));
        },
        [&](const Columns &columns) {
            std::vector<StoredTensor> tensors = joined(columns.chosen.packed(prefix + ".chosen"),
                                                       columns.rest.packed(prefix + ".rest"));
            const at::Tensor indices = columns.indices.to(at::kInt).contiguous();
            tensors.push_back({prefix + ".indices", DType::Int32, indices.sizes().vec(), indices});
            return tensors;
        },
        [](const Shared &) { return std::vector<StoredTensor>{}; });
}

Json descriptionOf(const Weight &weight)
{
    return match(
        weight, [](const Factor &factor) { return factor.description(); },
        [](const Product &product) {
            return Json{{"form", "product"},
                        {"left", product.left.description()},
                        {"right", product.right.description()}};
        },
        [](const Kronecker &product) {
            return Json{{"form", "kronecker"},
                        {"a", product.a.description()},
                        {"b", product.b.description()}};
        },
        [](const Columns &columns) {
            return Json{{"form", "columns"},
                        {"chosen", columns.chosen.description()},
                        {"rest", columns.rest.description()}};
        },
        [](const Shared &shared) {
            Json json{{"form", "shared"}, {"layer", shared.layer}};
            if (shared.transposed)
                json["transposed"] = true;
            return json;
        });
}

Weight unpackedWeight(const Json &description, const std::string &prefix, const Tensors &tensors,
                      const std::string &origin)
{
    return translatingTorchErrors(
        [&] { return WeightReader(description, prefix, tensors, origin).read(); });
}

} // namespace pare
