#include "core/checkpoint/torchscript.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/scriptlayers.h"
#include "core/checkpoint/scriptmodel.h"
#include "core/model/architecture.h"
#include "core/network/tokenrows.h"
#include "core/tensors/torcherrors.h"

#include <exception>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/export.h>

namespace pare {

namespace {

/// Attention of each sequence; `hidden` is true where a token may not be looked at.
constexpr auto attendSource = R"(
def attend(self, query: Tensor, key: Tensor, value: Tensor, hidden: Tensor, heads: int) -> Tensor:
    n = query.size(0)
    length = query.size(1)
    width = query.size(2) // heads
    q = torch.transpose(torch.reshape(query, [n, length, heads, width]), 1, 2)
    k = torch.transpose(torch.reshape(key, [n, length, heads, width]), 1, 2)
    v = torch.transpose(torch.reshape(value, [n, length, heads, width]), 1, 2)
    scores = torch.mul(torch.matmul(q, torch.transpose(k, 2, 3)), float(width) ** -0.5)
    shares = torch.softmax(torch.masked_fill(scores, hidden, -3.4028234663852886e+38), -1)
    context = torch.transpose(torch.matmul(shares, v), 1, 2)
    return torch.reshape(context, [n, length, heads * width])
)";

/// Inputs in 8 bits, one scale for each token.
constexpr auto roundedSource = R"(
def rounded(self, x: Tensor) -> Tensor:
    scales = torch.clamp_min(torch.div(torch.amax(torch.abs(x), [-1], True), 127.0), 1e-12)
    return torch.mul(torch.round(torch.div(x, scales)), scales)
)";

std::string activated(Activation activation, const std::string &x)
{
    switch (activation) {
    case Activation::Gelu:
        return fmt::format("torch.gelu({})", x);
    case Activation::GeluTanh:
        return fmt::format("torch.gelu({}, approximate=\"tanh\")", x);
    case Activation::Relu:
        return fmt::format("torch.relu({})", x);
    case Activation::Silu:
        return fmt::format("torch.silu({})", x);
    case Activation::Tanh:
        break;
    }
    return fmt::format("torch.tanh({})", x);
}

/// The text of forward(), line by line, and the parameters it names.
class ForwardSource
{
public:
    ForwardSource(const NetworkSpecification &network, const ModelWeights &weights,
                  ScriptLayers layers)
        : m_network(network)
        , m_weights(weights)
        , m_layers(std::move(layers))
    {
        m_text = "def forward(self, input_ids: Tensor, attention_mask: Tensor, "
                 "token_type_ids: Optional[Tensor] = None) -> Tensor:\n";
        addInputs();
        addEmbedding();
        for (int block = 0; block < network.stacks[0].blocks; ++block)
            addBlock(network.stacks[0], block);
        if (hasMaskedLm(network.head))
            addMaskedLm();
        else
            addClassifier();
    }

    const std::string &text() const { return m_text; }
    const std::map<std::string, at::Tensor> &parameters() const { return m_layers.parameters(); }

private:
    void add(const std::string &line) { m_text += "    " + line + "\n"; }
    void set(const std::string &variable, const std::string &expression)
    {
        add(variable + " = " + expression);
    }
    std::string normed(const std::string &layer, const std::string &x)
    {
        return m_layers.norm(layer, x, m_network.block().normEpsilon);
    }

    void addInputs()
    {
        add("ids = torch.to(input_ids, 4)"); // 4: int64
        add("length = ids.size(1)");
        add("types = torch.zeros_like(ids)");
        add("if token_type_ids is not None:");
        add("    types = torch.to(token_type_ids, 4)");
        add("padded = torch.unsqueeze(torch.unsqueeze(torch.eq(attention_mask, 0), 1), 1)");
        add("hidden = padded");
        if (!m_network.block().causal)
            return;
        add("places = torch.arange(length, device=ids.device)");
        add("later = torch.gt(torch.unsqueeze(places, 0), torch.unsqueeze(places, 1))");
        add("hidden = torch.logical_or(padded, later)");
    }

    void addAttention(const std::string &prefix, const std::string &hidden, int heads)
    {
        for (const char *part : {"query", "key", "value"})
            set(part, m_layers.linear(prefix + part, "x"));
        set("context", fmt::format("self.attend(query, key, value, {}, {})", hidden, heads));
        set("attended", m_layers.linear(prefix + "output", "context"));
    }

    void addEmbedding()
    {
        const EmbeddingSpecification &embedding = m_network.embedding;
        const std::string token = "embedding.token";
        if (embedding.attentionHeads > 0) {
            narrowTokenTable(m_network, m_weights); // throws where it is none
            set("x", m_layers.leftRows(token, "ids"));
            addAttention("embedding.attention.", "padded", embedding.attentionHeads);
            add("x = torch.add(x, attended)");
            set("x", m_layers.timesRight(token, "x"));
        } else {
            set("x", m_layers.rows(token, "ids"));
        }
        set("x",
            fmt::format("torch.add(x, {})", m_layers.firstRows("embedding.position", "length")));
        set("x", fmt::format("torch.add(x, {})", m_layers.rows("embedding.type", "types")));
        set("x", normed("embedding.norm", "x"));
    }

    void addBlock(const StackSpecification &stack, int block)
    {
        const std::string prefix = fmt::format("{}.{}.", stack.name, block);
        addAttention(prefix + "attention.", "hidden", stack.heads(block));
        set("attended", normed(prefix + "attention.norm", "torch.add(attended, x)"));
        set("inner",
            activated(stack.block.activation, m_layers.linear(prefix + "ffn.up", "attended")));
        set("x", m_layers.linear(prefix + "ffn.down", "inner"));
        set("x", normed(prefix + "ffn.norm", "torch.add(x, attended)"));
    }

    void addClassifier()
    {
        add("first = torch.select(x, 1, 0)");
        set("pooled", activated(Activation::Tanh, m_layers.linear("pooler", "first")));
        add("return " + m_layers.linear(hasPair(m_network.head) ? "pair" : "classifier", "pooled"));
    }

    void addMaskedLm()
    {
        set("x", activated(m_network.block().activation, m_layers.linear("mlm.transform", "x")));
        set("x", normed("mlm.norm", "x"));
        add("return " + m_layers.linear("mlm.decoder", "x"));
    }

    const NetworkSpecification &m_network;
    const ModelWeights &m_weights;
    ScriptLayers m_layers;
    std::string m_text;
};

torch::jit::Module moduleOf(const ForwardSource &source)
{
    torch::jit::Module module(c10::QualifiedName("__torch__.Model"));
    if (!module.hasattr("training")) // what eval() of a module that was opened asks for
        module.register_attribute("training", c10::BoolType::get(), false);
    for (const auto &[name, values] : source.parameters()) {
        if (values.is_floating_point())
            module.register_parameter(name, values, false);
        else
            module.register_buffer(name, values);
    }
    module.define(attendSource);
    if (source.text().find("self.rounded(") != std::string::npos)
        module.define(roundedSource);
    module.define(source.text());
    return module;
}

std::string labelsJson(const NetworkSpecification &network)
{
    return nlohmann::json(network.head == HeadKind::Classification ? network.labels
                                                                   : std::vector<std::string>())
        .dump();
}

} // namespace

void checkScriptComputes(const NetworkSpecification &network, const std::filesystem::path &file)
{
    if (network.head == HeadKind::None || network.head == HeadKind::Pretraining ||
        network.head == HeadKind::LanguageModel)
        throw Error(ErrorKind::Unsupported, messages::scriptHead, file,
                    network.head == HeadKind::Pretraining ? "two heads" : "no such head");
    const auto refuse = [&file](const std::string &what) {
        throw Error(ErrorKind::Unsupported, messages::scriptCannotRun, file, what);
    };
    if (network.architecture != "bert" || network.stacks.size() != 1)
        refuse("a model of the type " + network.architecture);
    const BlockSpecification &block = network.block();
    if (block.normPlace != NormPlace::Post || block.crossAttention)
        refuse("blocks of a decoder");
    if (network.embedding.width != block.width)
        refuse(fmt::format("an embedding {} wide under blocks {} wide", network.embedding.width,
                           block.width));
}

void writeTorchScript(const std::filesystem::path &file, const NetworkSpecification &specification,
                      const ModelWeights &weights, const TorchScriptOptions &options)
{
    checkScriptComputes(specification, file);
    translatingTorchErrors([&] {
        const ModelDescription description = describe(specification);
        const ScratchTensors scratch(std::filesystem::absolute(file).parent_path(),
                                     options.between);
        const ForwardSource source(specification, weights,
                                   {description, weights, options.values, scratch});
        const torch::jit::Module module = moduleOf(source);
        PendingFile pending(file);
        // LibTorch's writer finishes its archive in a destructor, which nothing may be thrown out of.
        std::exception_ptr failure;
        const auto write = [&](const void *bytes, std::size_t count) {
            try {
                if (failure)
                    return count;
                if (options.between)
                    options.between();
                scratch.releasePages();
                pending.write({static_cast<const std::byte *>(bytes), count});
            } catch (...) {
                failure = std::current_exception();
            }
            return count;
        };
        torch::jit::ExportModule(module, write,
                                 {{"labels.json", labelsJson(specification)},
                                  {scriptLayersRecord, scriptLayersJson(specification, weights)}});
        if (failure)
            std::rethrow_exception(failure);
        pending.commit();
    });
}

} // namespace pare
