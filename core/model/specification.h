// What a transformer computes, read from config.json: one block specification for every
// architecture.
#pragma once

#include "core/base/message.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

enum class Activation { Gelu, GeluTanh, Relu, Silu, Tanh };
enum class NormPlace {
    Post, ///< after the residual sum (BERT)
    Pre,  ///< before each half of a block (GPT-2)
};
enum class HeadKind {
    None,           ///< hidden states only
    Classification, ///< pooler and classifier
    MaskedLm,       ///< transform, norm and (tied) decoder
    LanguageModel,  ///< (tied) decoder alone
    SentencePair,   ///< pooler and pair head: does the second text follow the first?
    Pretraining,    ///< the masked-LM head, and pooler and pair head beside it
};

/// Whether it has transform, norm and decoder.
constexpr bool hasMaskedLm(HeadKind head)
{
    return head == HeadKind::MaskedLm || head == HeadKind::Pretraining;
}

/// Whether it has the layer `pair` above the pooler.
constexpr bool hasPair(HeadKind head)
{
    return head == HeadKind::SentencePair || head == HeadKind::Pretraining;
}

/// Answers of a pair head: 0 is next or in order, 1 is not (as BERT and ALBERT number them).
inline constexpr int pairAnswers = 2;

struct BlockSpecification
{
    int width = 0;
    int heads = 0;
    int feedForwardWidth = 0;
    Activation activation = Activation::Gelu;
    NormPlace normPlace = NormPlace::Post;
    bool causal = false;
    bool crossAttention = false;
    double normEpsilon = 1e-12;

    int headWidth() const { return width / heads; }
    bool operator==(const BlockSpecification &) const = default;
};

/// What one block has less of than its stack says, once structure was removed from it.
struct BlockShape
{
    std::vector<int> prunedHeads; ///< ascending; the others keep their order
    int feedForwardWidth = 0;

    bool operator==(const BlockShape &) const = default;
};

/// Blocks one after another, alike but for how many heads and feed-forward units each has.
struct StackSpecification
{
    std::string name; ///< "encoder" or "decoder"
    int blocks = 0;
    BlockSpecification block;
    std::vector<BlockShape> shapes = {}; ///< of each block; empty: all have what `block` says
    int weightSets = 0; ///< for blocks to use in runs of equal length (ALBERT); 0: each has its own

    int heads(int number) const;
    /// Rows of query, key and value: heads(number) · block.headWidth().
    int attentionWidth(int number) const;
    int feedForwardWidth(int number) const;
    /// Which set of weights a block uses: number · weightSets / blocks, as ALBERT has it.
    int weightSet(int number) const;
    /// The first block that uses the same ones.
    int owner(int number) const;

    bool operator==(const StackSpecification &) const = default;
};

/// The same stack with `shapes` only where blocks differ from `block`: a feed-forward width that all
/// of them have becomes the stack's.
StackSpecification normalized(StackSpecification stack);

struct EmbeddingSpecification
{
    int vocabulary = 0;
    int width = 0; ///< differs from the block's where it is projected (ALBERT)
    int positions = 0;
    int tokenTypes = 0;
    int padToken = 0;
    int positionWidth = 0; ///< of position and type tables and the norm; 0: `width`
    /// Of the token table's rows where the tokens of a sequence see each other before their rows are
    /// projected to `width` (Subformer's SAFE); 0: they do not.
    int attentionWidth = 0;
    int attentionHeads = 0;

    bool operator==(const EmbeddingSpecification &) const = default;
};

/// Probabilities of dropping a value; only training looks at them.
struct DropoutSpecification
{
    double hidden = 0.1;
    double attention = 0.1;
    double classifier = 0.1;

    bool operator==(const DropoutSpecification &) const = default;
};

struct NetworkSpecification
{
    std::string architecture; ///< `model_type`
    EmbeddingSpecification embedding;
    std::vector<StackSpecification> stacks;
    bool pooler = true;
    bool tiedDecoder = true;         ///< the decoder over the vocabulary is the token table
    HeadKind head = HeadKind::None;  ///< what the checkpoint is for
    std::vector<std::string> labels; ///< by class index; empty where config.json names none
    bool labelsNamed = false;        ///< false: LABEL_0, LABEL_1 … are only placeholders
    DropoutSpecification dropout;
    double initializerRange = 0.02;
    std::string origin; ///< the file it was read from, for messages

    const BlockSpecification &block() const { return stacks.front().block; }
    int width() const { return block().width; }
};

struct ReadSpecification
{
    NetworkSpecification specification;
    std::vector<Message> warnings; ///< keys nobody knows
};

/// Reads config.json. Every key that changes the computation is honoured or refused. Throws
/// InvalidFile for values that cannot be, Unsupported for what Pare does not compute; `origin`
/// opens the messages.
ReadSpecification specificationFromJson(std::string_view text, const std::string &origin);

/// config.json of the Hugging Face layout for a network that can be run; specificationFromJson()
/// reads it back, but for HeadKind::Pretraining, which is read as HeadKind::MaskedLm: what most
/// checkpoints of "ForPreTraining" are opened for.
nlohmann::ordered_json configJson(const NetworkSpecification &specification);

std::string_view nameOf(Activation activation);

} // namespace pare
