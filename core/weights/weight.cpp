#include "core/weights/weight.h"

#include "core/base/error.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/json.h"
#include "core/weights/messages.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/kron.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;
using Parts = std::map<std::string, std::int64_t>;
using Tensors = std::map<std::string, StoredTensor>;

template <class... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

Parts sum(Parts a, const Parts &b)
{
    for (const auto &[part, bytes] : b)
        a[part] += bytes;
    return a;
}

std::vector<StoredTensor> joined(std::vector<StoredTensor> a, std::vector<StoredTensor> b)
{
    std::ranges::move(b, std::back_inserter(a));
    return a;
}

at::Tensor denseColumns(const Columns &columns)
{
    const std::vector<std::int64_t> shape = shapeOf(columns);
    at::Tensor isChosen = at::zeros({shape[1]}, at::kBool);
    const at::Tensor chosen = columns.indices.to(at::kLong);
    isChosen.index_fill_(0, chosen, true);
    at::Tensor values = at::empty(shape, at::kFloat);
    values.index_copy_(1, chosen, columns.chosen.effectiveValues());
    values.index_copy_(1, isChosen.logical_not().nonzero().flatten(), columns.rest.effectiveValues());
    return values;
}

/// (A ⊗ B) x = vec(A X Bᵀ), with X = x as [in/q, q]: the cheaper of the two orders.
std::int64_t kroneckerMultiplyAdds(const Kronecker &product)
{
    const std::int64_t m = product.a.shape()[0];
    const std::int64_t n = product.a.shape()[1];
    const std::int64_t p = product.b.shape()[0];
    const std::int64_t q = product.b.shape()[1];
    return std::min(n * q * p + m * n * p, m * n * q + m * q * p);
}

std::string describedFactor(const Factor &factor)
{
    std::string text = factor.codec().isDense() ? "" : describe(factor.codec());
    if (factor.isMasked()) {
        const double zeros = 100.0 - 100.0 * static_cast<double>(factor.keptCount()) / static_cast<double>(factor.count());
        text += fmt::format("{}{:.3g} % zeros", text.empty() ? "" : ", ", zeros);
    }
    if (factor.inputScale().defined())
        text += text.empty() ? "scaled inputs" : ", scaled inputs";
    return text;
}

std::string describedParts(std::string form, const Factor &first, const Factor &second)
{
    const std::string a = describedFactor(first);
    const std::string b = describedFactor(second);
    if (a.empty() && b.empty())
        return form;
    if (a == b)
        return fmt::format("{}, {}", form, a);
    return fmt::format("{}, {} and {}", form, a.empty() ? describe(first.codec()) : a,
                       b.empty() ? describe(second.codec()) : b);
}

/// Where a weight is taken apart in a file.
class WeightReader
{
public:
    WeightReader(const Json &description, const std::string &prefix, const Tensors &tensors, const std::string &origin)
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
        Factor factor = Factor::unpacked(objectAt(m_description, name, m_origin), m_prefix + "." + name, m_tensors, m_origin);
        if (factor.shape().size() != 2)
            throw Error(ErrorKind::InvalidFile, messages::packingKey, m_origin, "two sizes", "shape",
                        shapeText(factor.shape()));
        return factor;
    }

    [[noreturn]] void rejectShapes(const Factor &a, const Factor &b) const
    {
        throw Error(ErrorKind::InvalidFile, messages::packingShapes, m_origin, shapeText(a.shape()), shapeText(b.shape()));
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
            throw Error(ErrorKind::InvalidFile, messages::packingTensor, m_origin, name, nameOf(DType::Int32),
                        shapeText({chosen}), nameOf(indices.dtype), shapeText(indices.shape));
        std::int64_t least = 0;
        for (const std::int32_t column : std::span(indices.data.data_ptr<std::int32_t>(), static_cast<std::size_t>(chosen))) {
            if (column < least || column >= width)
                throw Error(ErrorKind::InvalidFile, messages::packingIndices, m_origin, name, width, column);
            least = column + 1;
        }
        columns.indices = indices.data;
        return columns;
    }

    Weight shared() const
    {
        const bool transposed = m_description.contains("transposed") && boolAt(m_description, "transposed", m_origin);
        return Shared{textAt(m_description, "layer", m_origin), transposed};
    }

    const Json &m_description;
    const std::string &m_prefix;
    const Tensors &m_tensors;
    const std::string &m_origin;
};

} // namespace

at::Tensor denseValues(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    return translatingTorchErrors([&] {
        return std::visit(Overloaded{
            [](const Factor &factor) { return factor.effectiveValues(); },
            [](const Product &product) {
                return at::mm(product.left.effectiveValues(), product.right.effectiveValues());
            },
            [](const Kronecker &product) {
                return at::kron(product.a.effectiveValues(), product.b.effectiveValues());
            },
            [](const Columns &columns) { return denseColumns(columns); },
            [](const Shared &) { return at::Tensor(); },
        }, weight);
    });
}

std::vector<std::int64_t> shapeOf(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    using Shape = std::vector<std::int64_t>;
    return std::visit(Overloaded{
        [](const Factor &factor) { return factor.shape(); },
        [](const Product &product) { return Shape{product.left.shape()[0], product.right.shape()[1]}; },
        [](const Kronecker &product) {
            return Shape{product.a.shape()[0] * product.b.shape()[0], product.a.shape()[1] * product.b.shape()[1]};
        },
        [](const Columns &columns) {
            return Shape{columns.chosen.shape()[0], columns.chosen.shape()[1] + columns.rest.shape()[1]};
        },
        [](const Shared &) { return Shape{}; },
    }, weight);
}

Parts bytesByPart(const Weight &weight)
{
    return std::visit(Overloaded{
        [](const Factor &factor) { return factor.bytesByPart(); },
        [](const Product &product) { return sum(product.left.bytesByPart(), product.right.bytesByPart()); },
        [](const Kronecker &product) { return sum(product.a.bytesByPart(), product.b.bytesByPart()); },
        [](const Columns &columns) {
            Parts parts = sum(columns.chosen.bytesByPart(), columns.rest.bytesByPart());
            if (columns.indices.numel() > 0)
                parts["rest"] += static_cast<std::int64_t>(columns.indices.nbytes());
            return parts;
        },
        [](const Shared &) { return Parts{}; },
    }, weight);
}

std::int64_t parameterCount(const Weight &weight)
{
    return std::visit(Overloaded{
        [](const Factor &factor) { return factor.keptCount(); },
        [](const Product &product) { return product.left.keptCount() + product.right.keptCount(); },
        [](const Kronecker &product) { return product.a.keptCount() + product.b.keptCount(); },
        [](const Columns &columns) { return columns.chosen.keptCount() + columns.rest.keptCount(); },
        [](const Shared &) { return std::int64_t(0); },
    }, weight);
}

std::int64_t multiplyAdds(const Weight &weight)
{
    assert(!std::holds_alternative<Shared>(weight));
    return std::visit(Overloaded{
        [](const Factor &factor) { return factor.count(); },
        [](const Product &product) { return product.left.count() + product.right.count(); },
        [](const Kronecker &product) { return kroneckerMultiplyAdds(product); },
        [](const Columns &columns) { return columns.chosen.count() + columns.rest.count(); },
        [](const Shared &) { return std::int64_t(0); },
    }, weight);
}

std::vector<StoredTensor> packed(const Weight &weight, const std::string &prefix)
{
    return std::visit(Overloaded{
        [&](const Factor &factor) { return factor.packed(prefix); },
        [&](const Product &product) {
            return joined(product.left.packed(prefix + ".left"), product.right.packed(prefix + ".right"));
        },
        [&](const Kronecker &product) { return joined(product.a.packed(prefix + ".a"), product.b.packed(prefix + ".b")); },
        [&](const Columns &columns) {
            std::vector<StoredTensor> tensors =
                joined(columns.chosen.packed(prefix + ".chosen"), columns.rest.packed(prefix + ".rest"));
            const at::Tensor indices = columns.indices.to(at::kInt).contiguous();
            tensors.push_back({prefix + ".indices", DType::Int32, indices.sizes().vec(), indices});
            return tensors;
        },
        [](const Shared &) { return std::vector<StoredTensor>{}; },
    }, weight);
}

Json descriptionOf(const Weight &weight)
{
    return std::visit(Overloaded{
        [](const Factor &factor) { return factor.description(); },
        [](const Product &product) {
            return Json{{"form", "product"}, {"left", product.left.description()}, {"right", product.right.description()}};
        },
        [](const Kronecker &product) {
            return Json{{"form", "kronecker"}, {"a", product.a.description()}, {"b", product.b.description()}};
        },
        [](const Columns &columns) {
            return Json{{"form", "columns"}, {"chosen", columns.chosen.description()}, {"rest", columns.rest.description()}};
        },
        [](const Shared &shared) {
            Json json{{"form", "shared"}, {"layer", shared.layer}};
            if (shared.transposed)
                json["transposed"] = true;
            return json;
        },
    }, weight);
}

Weight unpackedWeight(const Json &description, const std::string &prefix, const Tensors &tensors, const std::string &origin)
{
    return translatingTorchErrors([&] { return WeightReader(description, prefix, tensors, origin).read(); });
}

std::string describe(const Weight &weight)
{
    return std::visit(Overloaded{
        [](const Factor &factor) { return describedFactor(factor); },
        [](const Product &product) {
            return describedParts(fmt::format("rank {}", product.left.shape()[1]), product.left, product.right);
        },
        [](const Kronecker &product) {
            return describedParts(fmt::format("{} ⊗ {}", fmt::join(product.a.shape(), " x "), fmt::join(product.b.shape(), " x ")),
                                  product.a, product.b);
        },
        [](const Columns &columns) {
            return describedParts(fmt::format("{} of {} columns apart", columns.chosen.shape()[1], shapeOf(columns)[1]),
                                  columns.chosen, columns.rest);
        },
        [](const Shared &shared) { return "shared with " + shared.layer; },
    }, weight);
}

double relativeError(const at::Tensor &original, const at::Tensor &approximation)
{
    assert(original.sizes() == approximation.sizes());
    return translatingTorchErrors([&] {
        const at::Tensor a = original.detach().to(at::kFloat).contiguous();
        const at::Tensor b = approximation.detach().to(at::kFloat).contiguous();
        const float *x = a.data_ptr<float>();
        const float *y = b.data_ptr<float>();
        // Added up by fixed stretches, so that the result does not depend on the number of threads.
        constexpr std::int64_t stretch = 16384;
        const std::int64_t stretches = (a.numel() + stretch - 1) / stretch;
        std::vector<double> differences(static_cast<std::size_t>(stretches));
        std::vector<double> squares(static_cast<std::size_t>(stretches));
        at::parallel_for(0, stretches, 4, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t s = first; s < end; ++s) {
                double difference = 0;
                double square = 0;
                for (std::int64_t i = s * stretch; i < std::min(a.numel(), (s + 1) * stretch); ++i) {
                    const double value = x[i];
                    difference += (value - y[i]) * (value - y[i]);
                    square += value * value;
                }
                differences[static_cast<std::size_t>(s)] = difference;
                squares[static_cast<std::size_t>(s)] = square;
            }
        });
        double difference = 0;
        double square = 0;
        for (std::size_t s = 0; s < differences.size(); ++s) {
            difference += differences[s];
            square += squares[s];
        }
        if (square == 0)
            return difference == 0 ? 0.0 : std::numeric_limits<double>::infinity();
        return std::sqrt(difference / square);
    });
}

std::string ModelWeights::ownerOf(const std::string &layer) const
{
    std::string name = layer;
    for (std::size_t step = 0; step <= layers.size(); ++step) {
        const auto found = layers.find(name);
        if (found == layers.end())
            throw Error(ErrorKind::InvalidFile, messages::layerMissing, name);
        const auto *shared = std::get_if<Shared>(&found->second.weight);
        if (!shared)
            return name;
        name = shared->layer;
    }
    throw Error(ErrorKind::InvalidFile, messages::layerCycle, layer);
}

const LayerWeights &ModelWeights::resolved(const std::string &layer) const
{
    return layers.at(ownerOf(layer));
}

} // namespace pare
