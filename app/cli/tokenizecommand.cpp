#include "app/cli/commands.h"
#include "app/cli/messages.h"
#include "app/cli/usage.h"
#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/text/datasource.h"
#include "core/text/wordpiecetokenizer.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pare {

namespace {

struct TokenizeOptions
{
    std::string model;
    std::string text;
    bool hasText = false;
    std::string data;
    bool json = false;
};

std::vector<Encoding> encodings(const WordPieceTokenizer &tokenizer, const TokenizeOptions &options)
{
    if (options.hasText)
        return {tokenizer.encode(options.text)};
    const Dataset dataset = openDataset(options.data, Answers::Ignored);
    std::vector<Encoding> result;
    for (std::size_t i = 0; i < dataset.size(); ++i) {
        const Example example = dataset[i];
        result.push_back(dataset.pairs() ? tokenizer.encode(example.textA, example.textB)
                                         : tokenizer.encode(example.textA));
    }
    return result;
}

void tokenize(const TokenizeOptions &options)
{
    const Checkpoint checkpoint = openCheckpoint(options.model, CheckpointWeights::Ignored);
    const EmbeddingSpecification &embedding = checkpoint.specification.embedding;
    const WordPieceTokenizer tokenizer =
        WordPieceTokenizer::open(checkpoint.folder, embedding.vocabulary, embedding.positions);
    nlohmann::ordered_json json{{"schema", 1}, {"texts", nlohmann::ordered_json::array()}};
    for (const Encoding &encoding : encodings(tokenizer, options)) {
        const std::vector<std::string> tokens = tokenizer.tokens(encoding.ids);
        if (options.json)
            json["texts"].push_back({{"ids", encoding.ids},
                                     {"tokens", tokens},
                                     {"types", encoding.types},
                                     {"truncated", encoding.truncated}});
        else
            fmt::print("{}\n", fmt::join(tokens, " "));
    }
    if (options.json)
        fmt::print("{}\n", json.dump(2));
}

} // namespace

void addTokenize(CLI::App &app)
{
    CLI::App *command = app.add_subcommand("tokenize", "Show how a model reads text");
    const auto options = std::make_shared<TokenizeOptions>();
    command->add_option("MODEL", options->model, "Model folder")->required();
    CLI::Option *text = command->add_option("TEXT", options->text, "One text");
    CLI::Option *data =
        command->add_option("--data", options->data, "The texts of a file")->type_name("FILE");
    data->excludes(text);
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options, text, data] {
        options->hasText = text->count() > 0;
        if (!options->hasText && data->count() == 0)
            throw WrongUsage(messages::tokenizeEither);
        tokenize(*options);
    });
}

} // namespace pare
