#include "core/network/tokenrows.h"

#include "core/base/error.h"
#include "core/network/messages.h"

#include <fmt/ranges.h>

namespace pare {

namespace {

std::string shapesOf(const Weight &weight)
{
    const auto *product = std::get_if<Product>(&weight);
    if (!product)
        return fmt::format("{}", shapeOf(weight));
    return fmt::format("{} and {}", product->left.shape(), product->right.shape());
}

} // namespace

void checkDecoderOfTokenRows(const NetworkSpecification &specification, const ModelWeights &weights)
{
    if (!hasMaskedLm(specification.head) || specification.embedding.attentionHeads == 0)
        return;
    const auto decoder = weights.layers.find("mlm.decoder");
    const bool tied = decoder == weights.layers.end()
                          ? specification.tiedDecoder
                          : std::holds_alternative<Shared>(decoder->second.weight);
    if (tied)
        throw Error(ErrorKind::Unsupported, messages::networkTiedTokenRows);
}

const Product &narrowTokenTable(const NetworkSpecification &specification,
                                const ModelWeights &weights)
{
    checkDecoderOfTokenRows(specification, weights);
    const std::string name = "embedding.token";
    const auto table = weights.layers.find(name);
    if (table == weights.layers.end())
        throw Error(ErrorKind::InvalidFile, messages::networkLayerMissing, name);
    const EmbeddingSpecification &embedding = specification.embedding;
    const std::vector<std::int64_t> left{embedding.vocabulary, embedding.attentionWidth};
    const std::vector<std::int64_t> right{embedding.attentionWidth, embedding.width};
    const auto *product = std::get_if<Product>(&table->second.weight);
    if (!product || product->left.shape() != left || product->right.shape() != right)
        throw Error(ErrorKind::InvalidFile, messages::networkTokenRows, name,
                    fmt::format("{} and {}", left, right), shapesOf(table->second.weight));
    return *product;
}

} // namespace pare
