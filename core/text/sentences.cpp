#include "core/text/sentences.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/text/lines.h"
#include "core/text/messages.h"

#include <cstdint>
#include <limits>
#include <memory>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

namespace pare {

namespace {

struct TextCloser
{
    void operator()(UText *text) const { utext_close(text); }
};

void check(UErrorCode code)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        throw Error(ErrorKind::NotEnoughMemory, messages::sentenceRules, u_errorName(code));
    if (U_FAILURE(code))
        throw Error(ErrorKind::Unsupported, messages::sentenceRules, u_errorName(code));
}

/// The rules are those of every language; English only adds its abbreviations.
std::unique_ptr<icu::BreakIterator> makeBreaker()
{
    UErrorCode code = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaker(
        icu::BreakIterator::createSentenceInstance(icu::Locale("en@ss=standard"), code));
    check(code);
    return breaker;
}

/// Reading the rules takes hundreds of times as long as copying them.
std::unique_ptr<icu::BreakIterator> copiedBreaker()
{
    static const std::unique_ptr<const icu::BreakIterator> breaker = makeBreaker();
    std::unique_ptr<icu::BreakIterator> copy(breaker->clone());
    check(copy ? U_ZERO_ERROR : U_MEMORY_ALLOCATION_ERROR);
    return copy;
}

} // namespace

std::vector<std::string_view> sentencesOf(std::string_view text)
{
    if (const auto invalid = firstInvalidUtf8(text))
        throw Error(ErrorKind::InvalidSetting, messages::textNotUtf8, *invalid + 1);
    if (text.size() > std::numeric_limits<std::int32_t>::max())
        throw Error(ErrorKind::Unsupported, messages::sentencesTooLong, text.size());
    std::vector<std::string_view> sentences;
    if (text.empty())
        return sentences;
    UErrorCode code = U_ZERO_ERROR;
    const std::unique_ptr<UText, TextCloser> bytes(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &code));
    check(code);
    const std::unique_ptr<icu::BreakIterator> breaker = copiedBreaker();
    breaker->setText(bytes.get(), code);
    check(code);
    std::int32_t begin = breaker->first();
    for (std::int32_t end = breaker->next(); end != icu::BreakIterator::DONE;
         end = breaker->next()) {
        const std::string_view sentence = trimmed(text.substr(begin, end - begin));
        if (!sentence.empty())
            sentences.push_back(sentence);
        begin = end;
    }
    return sentences;
}

} // namespace pare
