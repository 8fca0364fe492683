// What core/text says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto textNotUtf8 = translatable("the text is not UTF-8 from its byte %1 on");
inline constexpr auto textCounting = translatable("Counting words");
inline constexpr auto tooMuchText = translatable("the texts are longer than 4 GiB together");
inline constexpr auto notUtf8 =
    translatable("%1: line %2: expected UTF-8, found a byte %3 that cannot stand there");

inline constexpr auto tokenRepeated =
    translatable("the token \"%1\" stands in the vocabulary twice");
inline constexpr auto tokenLineBreak =
    translatable("token %1 of the vocabulary holds a line break");
inline constexpr auto vocabularyRepeats = translatable(
    "%1: line %2: the token \"%3\" stands already in line %4; expected every token once");
inline constexpr auto vocabularyTooLarge =
    translatable("%1: expected at most %2 tokens (the model's vocab_size), found %3");
inline constexpr auto vocabularyLacks =
    translatable("%1: expected a line with the token %2, found none");

inline constexpr auto tokenizerJson = translatable("%1: not valid JSON from byte %2 on");
inline constexpr auto configTooManyKeys = translatable("%1: expected at most %2 keys, found more");
inline constexpr auto configNoObject =
    translatable("%1: expected a JSON object, found something else");
inline constexpr auto tokenizerFlag = translatable("%1: %2: expected true or false, found %3");
inline constexpr auto configMaxLength =
    translatable("%1: %2: expected a whole number from %3 on, found %4");

inline constexpr auto tooFewPositions =
    translatable("%1: expected a model with at least %2 positions, found %3");

inline constexpr auto trainerSize = translatable("a vocabulary of %1 tokens is too small: expected "
                                                 "room for %2 special tokens and %3 characters");
inline constexpr auto trainerEmpty =
    translatable("a vocabulary cannot be trained: the texts hold no words");
inline constexpr auto trainerMerging = translatable("Merging the pieces of %1 words");

inline constexpr auto tableFormat = translatable(
    "%1: expected a name ending in .tsv, .csv, .jsonl, .ndjson or .json, found \"%2\"");
inline constexpr auto tableEmpty =
    translatable("%1: line 1: expected a header, found an empty file");
inline constexpr auto tableNoRows =
    translatable("%1: expected at least one row of data, found none");
inline constexpr auto tableColumnTwice =
    translatable("%1: line %2: the column \"%3\" stands twice");
inline constexpr auto tableColumns =
    translatable("%1: line %2: expected %3 columns as in the header, found %4");
inline constexpr auto tableTooManyColumns =
    translatable("%1: line %2: expected at most %3 columns, found more");
inline constexpr auto tableTextColumns =
    translatable("%1: line %2: expected a column text, or text_a and text_b, found: %3");
inline constexpr auto tableTextColumnsBoth =
    translatable("%1: line %2: expected either text, or text_a and text_b, found: %3");
inline constexpr auto tableAnswerColumn =
    translatable("%1: line %2: expected a column label or score, found: %3");
inline constexpr auto tableAnswerColumnsBoth =
    translatable("%1: line %2: expected either label or score, found both");
inline constexpr auto tableLabelEmpty =
    translatable("%1: line %2: expected a label, found nothing");
inline constexpr auto tableScore =
    translatable("%1: line %2: expected a number as score, found \"%3\"");

inline constexpr auto csvQuoteOpen =
    translatable("%1: line %2: expected a closing quote for the field that begins there, found the "
                 "end of the file");
inline constexpr auto csvAfterQuote = translatable(
    "%1: line %2: expected a comma or the end of the line after a closing quote, found \"%3\"");
inline constexpr auto csvQuoteInside =
    translatable("%1: line %2: found a quote inside a field; expected the whole field in quotes "
                 "and the quote doubled");

inline constexpr auto jsonLine =
    translatable("%1: line %2: not valid JSON from byte %3 of the line on");
inline constexpr auto jsonNoObject =
    translatable("%1: line %2: expected a JSON object, found something else");
inline constexpr auto jsonLineTooLong =
    translatable("%1: line %2: expected at most %3 bytes in a line, found %4");
inline constexpr auto jsonKeyMissing =
    translatable("%1: line %2: expected the key \"%3\", found none");
inline constexpr auto jsonValue =
    translatable("%1: line %2: %3: expected text or a number, found %4");

inline constexpr auto corpusEmpty =
    translatable("%1: expected at least one line of text, found none");

inline constexpr auto sentenceRules =
    translatable("the rules that say where sentences end cannot be used: %1");
inline constexpr auto sentencesTooLong = translatable(
    "a text of %1 bytes cannot be split into sentences; expected at most 2 GiB in one document");
inline constexpr auto sentencesSplitting = translatable("Splitting the texts into sentences");

inline constexpr auto tsvCannotHold =
    translatable("%1: row %2 holds a tab or a line break, which a TSV file cannot hold");

inline constexpr auto wordnetMissing =
    translatable("%1: no such file; install WordNet's data with: apt install wordnet-base");
inline constexpr auto wordnetSynset = translatable(
    "%1: line %2: expected a noun's offset and a lexicographer file from 03 to 28, found \"%3\"");
inline constexpr auto wordnetGloss =
    translatable("%1: line %2: expected \" | \" and a definition after \"%3\"");
inline constexpr auto wordnetTooFew =
    translatable("%1: expected thousands of definitions, found %2, too few for three splits");

inline constexpr auto bayesData = translatable(
    "naive Bayes expects texts with labels, found data without labels or without examples");

inline constexpr auto wordnetPart =
    translatable("%1: expected wordnet:train, wordnet:dev or wordnet:test, found \"%2\"");

} // namespace pare::messages
