#include "core/model/structureconfig.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/model/configreader.h"
#include "core/model/messages.h"

#include <algorithm>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

/// Ascending, whatever the order in the file.
std::vector<int> prunedHeads(const Json &list, int block, int heads, const std::string &origin)
{
    std::vector<int> pruned;
    for (const Json &value : list) {
        const std::optional<std::int64_t> head = wholeNumber(value);
        if (!head || *head < 0 || *head >= heads ||
            std::ranges::find(pruned, static_cast<int>(*head)) != pruned.end())
            throw Error(ErrorKind::InvalidFile, messages::configPrunedHead, origin, block,
                        heads - 1, value.dump());
        pruned.push_back(static_cast<int>(*head));
    }
    if (static_cast<int>(pruned.size()) == heads)
        throw Error(ErrorKind::InvalidFile, messages::configPrunedAll, origin, block, heads);
    std::ranges::sort(pruned);
    return pruned;
}

std::vector<BlockShape> withPrunedHeads(std::vector<BlockShape> shapes, int heads,
                                        ConfigReader &reader)
{
    const Json *object = reader.find("pruned_heads");
    if (!object)
        return shapes;
    if (!object->is_object())
        throw Error(ErrorKind::InvalidFile, messages::configObject, reader.origin(), "pruned_heads",
                    object->dump());
    for (const auto &[key, list] : object->items()) {
        const std::optional<std::int64_t> block = parseInteger(key);
        if (!block || *block < 0 || *block >= std::ssize(shapes) || std::to_string(*block) != key ||
            !list.is_array())
            throw Error(ErrorKind::InvalidFile, messages::configPrunedBlock, reader.origin(),
                        shapes.size() - 1, key, list.dump());
        shapes[static_cast<std::size_t>(*block)].prunedHeads =
            prunedHeads(list, static_cast<int>(*block), heads, reader.origin());
    }
    return shapes;
}

std::vector<BlockShape> withOwnWidths(std::vector<BlockShape> shapes, ConfigReader &pare)
{
    const std::vector<int> widths =
        pare.integers("intermediate_sizes", static_cast<int>(shapes.size()), 1, 1 << 18);
    for (std::size_t i = 0; i < widths.size(); ++i)
        shapes[i].feedForwardWidth = widths[i];
    return shapes;
}

/// {"width": 32, "heads": 2} of the attention among token rows.
EmbeddingSpecification withTokenAttention(EmbeddingSpecification embedding, ConfigReader &pare)
{
    const Json *object = pare.find("embedding_attention");
    if (!object)
        return embedding;
    const std::string origin = pare.origin() + ": embedding_attention";
    if (!object->is_object())
        throw Error(ErrorKind::InvalidFile, messages::configObject, pare.origin(),
                    "embedding_attention", object->dump());
    ConfigReader reader(*object, origin);
    embedding.attentionWidth = reader.integer("width", 1, 1 << 16);
    embedding.attentionHeads = reader.integer("heads", 1, 1 << 12);
    if (embedding.attentionWidth % embedding.attentionHeads != 0)
        throw Error(ErrorKind::InvalidFile, messages::configTokenHeads, origin,
                    embedding.attentionWidth, embedding.attentionHeads);
    reader.refuseUnknownKeys();
    return embedding;
}

} // namespace

NetworkSpecification withStructureKeys(NetworkSpecification network, ConfigReader &reader)
{
    const Json none = Json::object();
    const Json *own = reader.find("pare");
    if (own && !own->is_object())
        throw Error(ErrorKind::InvalidFile, messages::configObject, reader.origin(), "pare",
                    own->dump());
    const std::string origin = reader.origin() + ": pare";
    ConfigReader pare(own ? *own : none, origin);
    StackSpecification &stack = network.stacks.front();
    stack.shapes.assign(static_cast<std::size_t>(stack.blocks),
                        BlockShape{{}, stack.block.feedForwardWidth});
    stack.shapes = withPrunedHeads(std::move(stack.shapes), stack.block.heads, reader);
    stack.shapes = withOwnWidths(std::move(stack.shapes), pare);
    stack = normalized(std::move(stack));
    network.embedding = withTokenAttention(network.embedding, pare);
    pare.refuseUnknownKeys();
    return network;
}

Json structureKeys(const NetworkSpecification &network)
{
    const StackSpecification stack = normalized(network.stacks.front());
    Json heads = Json::object();
    Json widths = Json::array();
    bool differ = false;
    for (std::size_t i = 0; i < stack.shapes.size(); ++i) {
        const BlockShape &shape = stack.shapes[i];
        if (!shape.prunedHeads.empty())
            heads[std::to_string(i)] = shape.prunedHeads;
        widths.push_back(shape.feedForwardWidth);
        differ |= shape.feedForwardWidth != stack.block.feedForwardWidth;
    }
    Json keys = Json::object();
    if (!heads.empty())
        keys["pruned_heads"] = heads;
    if (differ)
        keys["pare"]["intermediate_sizes"] = widths;
    if (const EmbeddingSpecification &embedding = network.embedding; embedding.attentionHeads > 0)
        keys["pare"]["embedding_attention"] = {{"width", embedding.attentionWidth},
                                               {"heads", embedding.attentionHeads}};
    return keys;
}

} // namespace pare
