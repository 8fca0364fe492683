// The text of one file as the rules of the architecture see it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pare::architecture {

struct File
{
    std::string path; ///< from the repository's root, with slashes
    std::string text;
};

/// A rule that does not hold.
struct Violation
{
    std::string path;
    int line = 0; ///< from 1; 0: the file as a whole
    std::string what;
};

struct Include
{
    int line = 0;
    std::string target;
    bool angled = false;
};

enum class Keep { Strings, Nothing };

/// `text` with comments (and the content of strings, unless kept) turned into spaces; lines stay.
std::string withoutComments(std::string_view text, Keep keep);

std::vector<Include> includesOf(std::string_view text);

/// The line, from 1, of each place where `token` stands as a whole word or call.
std::vector<int> linesWith(std::string_view code, std::string_view token);

bool isCpp(std::string_view path);
bool isHeader(std::string_view path);
/// "core/model" for "core/model/run.h"; "core" for a file in core itself.
std::string folderOf(std::string_view path, int depth);

} // namespace pare::architecture
