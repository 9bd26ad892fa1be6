/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The C++ fence. Every entry point is one call of guard(), which is noexcept and the only place that catches;
   what an entry point does outside of it cannot throw. (The prototypes are C's, so that noexcept cannot stand
   on them.) */
#include "archive/xapian/xapian_c.h"

#include <xapian.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#define ONR_XAP_FEATURE(name) __has_feature(name)
#else
#define ONR_XAP_FEATURE(name) 0
#endif

/* libxapian 1.4's check deletes a table by its base class, which a program built with the address sanitizer
   would die of. Whoever asks for it with ASAN_OPTIONS gets that report. */
#if defined(__SANITIZE_ADDRESS__) || ONR_XAP_FEATURE(address_sanitizer)
extern "C" const char *__asan_default_options() {
  return "new_delete_type_mismatch=0";
}
#endif

struct OnrXapDocument {
  Xapian::Document document;
};

struct OnrXapWriter {
  Xapian::WritableDatabase db;
  std::string path;
  bool in_transaction = false;
  bool is_broken =
      false; /* a change failed half-way, and Xapian has dropped all changes since the last commit */
};

struct OnrXapDatabase {
  Xapian::Database db;
  std::vector<Xapian::Database> parts; /* of DB, each by itself: Xapian gives the first one's metadata only */
  std::vector<bool> is_remote_part;
  std::string label; /* what errors call it: paths and host:port of its parts */
  bool is_remote = false;
};

struct OnrXapQuery {
  Xapian::Query query;
};

namespace {

/* --- errors --- */

/* What is being done, and to what: "cannot DOING "NAME": …". Borrowed. */
struct Task {
  const char *doing;
  std::string_view name = {};
  bool is_remote = false;
};

/* Our own no, said before Xapian is asked. */
struct Refusal {
  OnrErrorCode code;
  const char *why;
};

constexpr int ended_by_xapian = 2;                         /* the exit status of every failure */
constexpr std::size_t name_most = 200, message_most = 400; /* bytes: Xapian repeats a term of any length */

void append_cut(GString *text, std::string_view bytes, std::size_t most) {
  g_string_append_len(text, bytes.data(), static_cast<gssize>(std::min(bytes.size(), most)));
  if (bytes.size() > most)
    g_string_append(text, "…");
}

/* One line of UTF-8, whatever bytes a term, a path, a damaged table or a server has put into it; the caller
 * frees it. */
char *line_of(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char byte) { return g_ascii_iscntrl(byte) || byte == '\0'; }, ' ');
  return g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
}

void set_error(GError **error, const Task &task, OnrErrorCode code, std::string_view message,
               const char *system) {
  g_autoptr(GString) text = g_string_new("cannot ");
  g_string_append(text, task.doing);
  if (!task.name.empty()) {
    g_string_append(text, " \"");
    append_cut(text, task.name, name_most);
    g_string_append_c(text, '"');
  }
  g_string_append(text, ": ");
  append_cut(text, message, message_most);
  if (system && *system)
    g_string_append_printf(text, " (%s)", system);
  g_autofree char *line = line_of(std::string(text->str, text->len));
  g_set_error_literal(error, ONR_ERROR, code, line);
}

/* Which of several servers it was is in Xapian's context. */
std::string message_of(const Task &task, const Xapian::Error &thrown) {
  const std::string &context = thrown.get_context();
  const bool is_told = !task.is_remote || context.empty() || context.find(task.name) != std::string::npos;
  return is_told ? thrown.get_msg() : thrown.get_msg() + " (" + context + ")";
}

void set_xapian_error(GError **error, const Task &task, OnrErrorCode code, const Xapian::Error &thrown) {
  set_error(error, task, code, message_of(task, thrown), thrown.get_error_string());
}

bool is_missing(const Task &task) {
  const std::string path(task.name);
  return !task.is_remote && !path.empty() && !g_file_test(path.c_str(), G_FILE_TEST_EXISTS);
}

OnrErrorCode argument_code(const Xapian::Error &thrown) {
  const bool is_length = thrown.get_msg().find("too long") != std::string::npos;
  return is_length ? ONR_ERROR_LIMIT : ONR_ERROR_USAGE;
}

/* The one ladder, most specific first. Called where an exception is being handled. A server that does not
   speak the protocol makes Xapian throw what on disk would mean damage. */
void set_error_of_exception(GError **error, const Task &task) {
  const OnrErrorCode unreadable = task.is_remote ? ONR_ERROR_IO : ONR_ERROR_CORRUPT;
  try {
    throw;
  } catch (const Refusal &refusal) {
    set_error(error, task, refusal.code, refusal.why, nullptr);
  } catch (const Xapian::DatabaseLockError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_BUSY, thrown);
  } catch (const Xapian::DatabaseModifiedError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_BUSY, thrown);
  } catch (const Xapian::DatabaseNotFoundError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_NOT_FOUND, thrown);
  } catch (const Xapian::DatabaseVersionError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_UNSUPPORTED, thrown);
  } catch (const Xapian::DatabaseOpeningError &thrown) {
    set_xapian_error(error, task, is_missing(task) ? ONR_ERROR_NOT_FOUND : ONR_ERROR_IO, thrown);
  } catch (const Xapian::DatabaseCorruptError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_CORRUPT, thrown);
  } catch (const Xapian::DocNotFoundError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_NOT_FOUND, thrown);
  } catch (const Xapian::NetworkError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_IO, thrown);
  } catch (const Xapian::DatabaseError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_IO, thrown);
  } catch (const Xapian::FeatureUnavailableError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_UNSUPPORTED, thrown);
  } catch (const Xapian::UnimplementedError &thrown) {
    set_xapian_error(error, task, ONR_ERROR_UNSUPPORTED, thrown);
  } catch (const Xapian::InvalidArgumentError &thrown) {
    set_xapian_error(error, task, argument_code(thrown), thrown);
  } catch (const Xapian::InvalidOperationError &thrown) {
    set_xapian_error(error, task, task.is_remote ? ONR_ERROR_IO : ONR_ERROR_USAGE, thrown);
  } catch (const Xapian::SerialisationError &thrown) {
    set_xapian_error(error, task, unreadable, thrown);
  } catch (const Xapian::RangeError &thrown) {
    set_xapian_error(error, task, unreadable, thrown);
  } catch (const Xapian::Error &thrown) {
    set_xapian_error(error, task, ONR_ERROR_IO, thrown);
  } catch (const std::bad_alloc &) {
    set_error(error, task, task.is_remote ? ONR_ERROR_IO : ONR_ERROR_LIMIT, "not enough memory", nullptr);
  } catch (const std::exception &thrown) {
    set_error(error, task, ONR_ERROR_IO, thrown.what(), nullptr);
  } catch (...) {
    set_error(error, task, ONR_ERROR_IO, "an unknown exception", nullptr);
  }
}

/* What CALL returns, or FAILURE with ERROR set where it throws. */
template <typename Value, typename Call>
Value guard(GError **error, const Task &task, Value failure, Call call) noexcept {
  try {
    return call();
  } catch (...) {
    set_error_of_exception(error, task);
  }
  return failure;
}

/* Of calls that only do or fail. */
template <typename Call> gboolean guard_do(GError **error, const Task &task, Call call) noexcept {
  return guard(error, task, gboolean{FALSE}, [&]() -> gboolean {
    call();
    return TRUE;
  });
}

/* Of calls that make a handle. */
template <typename Handle, typename Call>
Handle *guard_make(GError **error, const Task &task, Call call) noexcept {
  return guard(error, task, static_cast<Handle *>(nullptr), call);
}

Task task_of(const char *doing, const OnrXapDatabase *db) {
  return {doing, db->label, db->is_remote};
}

std::string text_of(const char *bytes, gsize length) {
  return length ? std::string(bytes, length) : std::string();
}

/* A term that Xapian takes. It looks itself, but only when a document is written, and then drops the whole
   batch; and in its keys a NUL takes two bytes. */
std::string term_of(const char *term, gsize length) {
  if (!length)
    throw Refusal{ONR_ERROR_USAGE, "a term is not empty"};
  if (length + static_cast<gsize>(std::count(term, term + length, '\0')) > ONR_XAP_TERM_MAX)
    throw Refusal{ONR_ERROR_LIMIT, "a term has at most 245 bytes"};
  return std::string(term, length);
}

/* VALUES, each a set of strings with tabs between them, as one; in byte order where there are several. */
template <typename Iterator> std::string merge_sets(Iterator begin, Iterator end) {
  if (std::adjacent_find(begin, end, std::not_equal_to<std::string>()) == end)
    return begin == end ? std::string() : *begin;
  std::set<std::string> all;
  for (; begin != end; ++begin) {
    std::istringstream value(*begin);
    for (std::string member; std::getline(value, member, '\t');)
      all.insert(member);
  }
  std::string merged;
  for (const std::string &member : all)
    merged += (merged.empty() ? "" : "\t") + member;
  return merged;
}

class MetadataMerger : public Xapian::Compactor {
public:
  std::string resolve_duplicate_metadata(const std::string &, std::size_t n,
                                         const std::string values[]) override {
    return merge_sets(values, values + n);
  }
};

void assign(GString *out, const std::string &text) {
  g_string_truncate(out, 0);
  g_string_append_len(out, text.data(), static_cast<gssize>(text.size()));
}

} // namespace

const char *onr_xap_version(void) {
  return Xapian::version_string();
}

/* --- documents --- */

OnrXapDocument *onr_xap_document_new(GError **error) {
  return guard_make<OnrXapDocument>(error, {"make a document"}, [] { return new OnrXapDocument; });
}

void onr_xap_document_free(OnrXapDocument *doc) {
  delete doc;
}

gboolean onr_xap_document_reset(OnrXapDocument *doc, GError **error) {
  return guard_do(error, {"empty a document"}, [&] { doc->document = Xapian::Document(); });
}

gboolean onr_xap_document_add_posting(OnrXapDocument *doc, const char *term, gsize length, guint32 position,
                                      guint32 wdf, GError **error) {
  return guard_do(error, {"add the term", {term, length}},
                  [&] { doc->document.add_posting(term_of(term, length), position, wdf); });
}

gboolean onr_xap_document_add_term(OnrXapDocument *doc, const char *term, gsize length, guint32 wdf,
                                   GError **error) {
  return guard_do(error, {"add the term", {term, length}},
                  [&] { doc->document.add_term(term_of(term, length), wdf); });
}

gboolean onr_xap_document_set_value(OnrXapDocument *doc, guint slot, const char *value, gsize length,
                                    GError **error) {
  return guard_do(error, {"set the value", {value, length}},
                  [&] { doc->document.add_value(slot, text_of(value, length)); });
}

gboolean onr_xap_document_set_data(OnrXapDocument *doc, const char *data, gsize length, GError **error) {
  return guard_do(error, {"set a document's data"}, [&] { doc->document.set_data(text_of(data, length)); });
}

/* --- writing --- */

namespace {

int flags_of(OnrXapWriteMode mode) {
  switch (mode) {
  case ONR_XAP_OPEN:
    return Xapian::DB_OPEN;
  case ONR_XAP_CREATE:
    return Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC;
  }
  throw Refusal{ONR_ERROR_USAGE, "no such mode of writing"};
}

thread_local const std::string *committed_path; /* NULL: this thread commits nothing */
std::terminate_handler terminate_before;

[[noreturn]] void say_why_and_end() {
  const int code = errno;
  if (!committed_path)
    terminate_before();
  GError *error = nullptr;
  set_error(&error, {"commit", *committed_path}, ONR_ERROR_IO,
            "the database cannot be written, and stays as the last commit left it", g_strerror(code));
  g_printerr("onrecord: %s\n", error->message);
  _exit(ended_by_xapian);
}

/* Xapian 1.4 writes the values of documents in a destructor when it commits (1.4.22, ~ValueUpdater below
   ValueManager::merge_changes). Where the disk is full just then nothing can be thrown, and the process is
   ended. That it says why, and how, is all that is left to do. */
class Committing {
public:
  explicit Committing(const std::string &path) {
    static std::once_flag is_set;
    std::call_once(is_set, [] { terminate_before = std::set_terminate(say_why_and_end); });
    committed_path = &path;
  }
  ~Committing() {
    committed_path = nullptr;
  }
  Committing(const Committing &) = delete;
  Committing &operator=(const Committing &) = delete;
};

void commit(OnrXapWriter *writer) {
  const Committing committing(writer->path);
  if (!writer->in_transaction) {
    writer->db.commit();
    return;
  }
  writer->in_transaction = false; /* Xapian ends it even where it then cannot commit */
  writer->db.commit_transaction();
}

/* Drops what has not been committed. A transaction that does not begin with a commit and is cancelled takes
   all of it, also what stood before its beginning. */
void drop_changes(OnrXapWriter *writer) {
  if (!writer->in_transaction)
    writer->db.begin_transaction(false);
  writer->in_transaction = false;
  writer->db.cancel_transaction();
  writer->is_broken = false;
}

/* A change that throws half-way makes Xapian drop the batch but not end the transaction; a later commit would
   make the rest of the batch lasting. */
template <typename Call> void change(OnrXapWriter *writer, Call call) {
  if (writer->is_broken)
    throw Refusal{ONR_ERROR_USAGE, "an earlier change failed: roll back"};
  try {
    call();
  } catch (const Xapian::DocNotFoundError &) {
    throw; /* found out before anything is changed */
  } catch (...) {
    writer->is_broken = true;
    throw;
  }
}

} // namespace

OnrXapWriter *onr_xap_writer_open(const char *path, OnrXapWriteMode mode, GError **error) {
  return guard_make<OnrXapWriter>(error, {"open for writing", path}, [&] {
    const int flags = flags_of(mode);
    return new OnrXapWriter{Xapian::WritableDatabase(path, flags), path};
  });
}

/* Xapian's destructor would commit what stands outside of a transaction. Where
   dropping fails there is nobody to tell; the destructor itself throws nothing. */
void onr_xap_writer_free(OnrXapWriter *writer) {
  if (!writer)
    return;
  guard_do(nullptr, {"drop changes", writer->path}, [&] { drop_changes(writer); });
  delete writer;
}

gboolean onr_xap_writer_begin(OnrXapWriter *writer, GError **error) {
  return guard_do(error, {"begin a transaction", writer->path}, [&] {
    const Committing committing(writer->path);
    writer->db.begin_transaction(true);
    writer->in_transaction = true;
  });
}

gboolean onr_xap_writer_commit(OnrXapWriter *writer, GError **error) {
  return guard_do(error, {"commit", writer->path}, [&] {
    if (writer->is_broken)
      throw Refusal{ONR_ERROR_USAGE, "an earlier change failed: roll back"};
    commit(writer);
  });
}

gboolean onr_xap_writer_rollback(OnrXapWriter *writer, GError **error) {
  return guard_do(error, {"roll back", writer->path}, [&] { drop_changes(writer); });
}

gboolean onr_xap_writer_put(OnrXapWriter *writer, guint32 docid, const OnrXapDocument *doc, GError **error) {
  return guard_do(error, {"write a document to", writer->path}, [&] {
    if (!docid)
      throw Refusal{ONR_ERROR_USAGE, "documents are numbered from 1"};
    change(writer, [&] { writer->db.replace_document(docid, doc->document); });
  });
}

gboolean onr_xap_writer_remove(OnrXapWriter *writer, guint32 docid, GError **error) {
  return guard_do(error, {"remove a document from", writer->path}, [&] {
    if (!docid)
      throw Refusal{ONR_ERROR_NOT_FOUND, "documents are numbered from 1"};
    change(writer, [&] { writer->db.delete_document(docid); });
  });
}

gboolean onr_xap_writer_set_metadata(OnrXapWriter *writer, const char *key, const char *value, gsize length,
                                     GError **error) {
  return guard_do(error, {"set the metadata", key}, [&] {
    if (!*key)
      throw Refusal{ONR_ERROR_USAGE, "a key is not empty"};
    if (std::strlen(key) > ONR_XAP_TERM_MAX)
      throw Refusal{ONR_ERROR_LIMIT, "a key has at most 245 bytes"};
    change(writer, [&] { writer->db.set_metadata(key, text_of(value, length)); });
  });
}

gboolean onr_xap_writer_merge_metadata(OnrXapWriter *writer, OnrXapDatabase *from, GError **error) {
  return guard_do(error, task_of("copy metadata of", from), [&] {
    for (auto key = from->db.metadata_keys_begin(); key != from->db.metadata_keys_end(); ++key) {
      const std::string values[] = {writer->db.get_metadata(*key), from->db.get_metadata(*key)};
      const std::string merged = merge_sets(values, values + 2);
      if (merged != values[0])
        change(writer, [&] { writer->db.set_metadata(*key, merged); });
    }
  });
}

gboolean onr_xap_writer_revision(OnrXapWriter *writer, guint64 *revision, GError **error) {
  return guard_do(error, {"read the revision of", writer->path},
                  [&] { *revision = writer->db.get_revision(); });
}

gboolean onr_xap_writer_copy(OnrXapWriter *writer, OnrXapDatabase *from, guint32 docid, GError **error) {
  return guard_do(error, task_of("copy a document of", from), [&] {
    if (!docid)
      throw Refusal{ONR_ERROR_NOT_FOUND, "documents are numbered from 1"};
    const Xapian::Document document = from->db.get_document(docid);
    change(writer, [&] { writer->db.replace_document(docid, document); });
  });
}

/* --- reading --- */

namespace {

void add_part(OnrXapDatabase *db, const Xapian::Database &part, const std::string &name) {
  const std::string label = db->label.empty() ? name : db->label + ", " + name;
  db->parts.push_back(part);
  db->is_remote_part.push_back(false);
  db->db.add_database(part);
  db->label = label;
}

/* Xapian has an error of another kind for a database without parts. */
Xapian::Document document_of(OnrXapDatabase *db, guint32 docid) {
  if (!docid || !db->db.size())
    throw Refusal{ONR_ERROR_NOT_FOUND, "there is no such document"};
  return db->db.get_document(docid);
}

} // namespace

OnrXapDatabase *onr_xap_database_new(GError **error) {
  return guard_make<OnrXapDatabase>(error, {"make a database of no parts"},
                                    [] { return new OnrXapDatabase; });
}

void onr_xap_database_free(OnrXapDatabase *db) {
  delete db;
}

gboolean onr_xap_database_add(OnrXapDatabase *db, const char *path, GError **error) {
  return guard_do(error, {"open", path}, [&] { add_part(db, Xapian::Database(path), path); });
}

gboolean onr_xap_database_add_writer(OnrXapDatabase *db, OnrXapWriter *writer, GError **error) {
  return guard_do(error, {"read", writer->path}, [&] { add_part(db, writer->db, writer->path); });
}

gboolean onr_xap_database_add_remote(OnrXapDatabase *db, const char *host, guint port, guint timeout_ms,
                                     GError **error) {
  g_autofree char *name = g_strdup_printf("%s:%u", host, port);
  return guard_do(error, {"open", name, true}, [&] {
    add_part(db, Xapian::Remote::open(host, port, timeout_ms, timeout_ms), name);
    db->is_remote = db->is_remote_part.back() = true;
  });
}

gboolean onr_xap_database_add_empty(OnrXapDatabase *db, GError **error) {
  return guard_do(error, {"add", "an empty part"}, [&] {
    add_part(db, Xapian::WritableDatabase(std::string(), Xapian::DB_BACKEND_INMEMORY), "nothing");
  });
}

guint onr_xap_database_n_parts(const OnrXapDatabase *db) {
  return static_cast<guint>(db->db.size());
}

gboolean onr_xap_database_is_served(const OnrXapDatabase *db) {
  return db->is_remote;
}

gboolean onr_xap_database_reopen(OnrXapDatabase *db, GError **error) {
  return guard_do(error, task_of("open again", db), [&] { db->db.reopen(); });
}

gboolean onr_xap_database_revision(OnrXapDatabase *db, guint64 *revision, GError **error) {
  return guard_do(error, task_of("read the revision of", db), [&] {
    if (db->db.size() != 1)
      throw Refusal{ONR_ERROR_USAGE, "only a database of one part has one"};
    *revision = db->db.get_revision();
  });
}

gboolean onr_xap_database_count(OnrXapDatabase *db, OnrXapCounts *out, GError **error) {
  return guard_do(error, task_of("count the documents of", db), [&] {
    OnrXapCounts counts = {};
    counts.n_documents = db->db.get_doccount();
    counts.total_length = db->db.get_total_length();
    counts.last_docid = db->db.get_lastdocid();
    *out = counts;
  });
}

gboolean onr_xap_database_term(OnrXapDatabase *db, const char *term, gsize length, guint64 *n_documents,
                               guint64 *n_occurrences, GError **error) {
  return guard_do(error, task_of("look up a term in", db), [&] {
    const std::string name = term_of(term, length);
    *n_documents = db->db.get_termfreq(name);
    *n_occurrences = db->db.get_collection_freq(name);
  });
}

namespace {

/* Empty parts are covered and cover nothing. */
OnrXapCover cover(const OnrXapDatabase *db, const std::string &term) {
  std::size_t n_covered = 0, n_parts = 0;
  for (std::size_t i = 0; i < db->parts.size(); i++) {
    const bool is_remote = db->is_remote_part[i];
    const Xapian::doccount n = is_remote ? 1 : db->parts[i].get_doccount();
    n_parts += n > 0;
    n_covered += n > 0 && !is_remote && db->parts[i].get_termfreq(term) == n;
  }
  if (!n_covered)
    return ONR_XAP_COVER_NONE;
  return n_covered == n_parts ? ONR_XAP_COVER_ALL : ONR_XAP_COVER_SOME;
}

} // namespace

gboolean onr_xap_database_cover(OnrXapDatabase *db, const char *term, gsize length, OnrXapCover *out,
                                GError **error) {
  return guard_do(error, task_of("look up a term in", db), [&] { *out = cover(db, term_of(term, length)); });
}

gboolean onr_xap_database_terms(OnrXapDatabase *db, const char *prefix, guint most, GPtrArray *terms,
                                GError **error) {
  return guard_do(error, task_of("list the terms of", db), [&] {
    if (!most)
      return;
    const Xapian::TermIterator end = db->db.allterms_end(prefix);
    for (Xapian::TermIterator term = db->db.allterms_begin(prefix); most && term != end; ++term, most--) {
      const std::string name = *term;
      g_ptr_array_add(terms, g_strndup(name.data(), name.size()));
    }
  });
}

gboolean onr_xap_database_metadata(OnrXapDatabase *db, const char *key, GString *out, GError **error) {
  return guard_do(error, task_of("read the metadata of", db), [&] {
    if (!*key)
      throw Refusal{ONR_ERROR_USAGE, "a key is not empty"};
    std::vector<std::string> values;
    for (const Xapian::Database &part : db->parts)
      values.push_back(part.get_metadata(key));
    assign(out, merge_sets(values.begin(), values.end()));
  });
}

gboolean onr_xap_database_data(OnrXapDatabase *db, guint32 docid, GString *out, GError **error) {
  return guard_do(error, task_of("read a document of", db),
                  [&] { assign(out, document_of(db, docid).get_data()); });
}

gboolean onr_xap_database_value(OnrXapDatabase *db, guint32 docid, guint slot, GString *out, GError **error) {
  return guard_do(error, task_of("read a value of", db),
                  [&] { assign(out, document_of(db, docid).get_value(slot)); });
}

gboolean onr_xap_database_length(OnrXapDatabase *db, guint32 docid, guint64 *length, GError **error) {
  return guard_do(error, task_of("read a document's length in", db), [&] {
    if (!docid || !db->db.size())
      throw Refusal{ONR_ERROR_NOT_FOUND, "there is no such document"};
    *length = db->db.get_doclength(docid);
  });
}

gboolean onr_xap_database_document_terms(OnrXapDatabase *db, guint32 docid, OnrXapTermFunc each,
                                         gpointer data, GError **error) {
  return guard_do(error, task_of("list a document's terms in", db), [&] {
    if (!docid || !db->db.size())
      throw Refusal{ONR_ERROR_NOT_FOUND, "there is no such document"};
    std::vector<guint32> positions;
    for (Xapian::TermIterator term = db->db.termlist_begin(docid); term != db->db.termlist_end(docid);
         ++term) {
      const std::string name = *term;
      positions.assign(term.positionlist_begin(), term.positionlist_end());
      const guint n = static_cast<guint>(positions.size());
      if (!each(name.data(), name.size(), term.get_wdf(), positions.data(), n, data))
        return;
    }
  });
}

gboolean onr_xap_database_docids(OnrXapDatabase *db, GArray *docids, GError **error) {
  return guard_do(error, task_of("list the documents of", db), [&] {
    if (!db->db.size())
      return;
    const std::string all; /* Xapian's name for the list of all documents */
    for (Xapian::PostingIterator it = db->db.postlist_begin(all); it != db->db.postlist_end(all); ++it) {
      const guint32 docid = *it;
      g_array_append_val(docids, docid);
    }
  });
}

/* --- queries --- */

namespace {

OnrXapQuery *make_query(const Xapian::Query &query) {
  return new OnrXapQuery{query};
}

/* The children are the makers' to free in any case. One that could not be made has set its error. */
struct Children {
  OnrXapQuery *const *items;
  guint n;
  ~Children() {
    std::for_each(items, items + n, [](OnrXapQuery *child) { delete child; });
  }
};

bool is_any_missing(const Children &children) {
  return std::find(children.items, children.items + children.n, nullptr) != children.items + children.n;
}

Xapian::Query::op operator_of(OnrXapOperator op) {
  switch (op) {
  case ONR_XAP_AND:
    return Xapian::Query::OP_AND;
  case ONR_XAP_OR:
    return Xapian::Query::OP_OR;
  case ONR_XAP_PHRASE:
    return Xapian::Query::OP_PHRASE;
  case ONR_XAP_NEAR:
    return Xapian::Query::OP_NEAR;
  }
  throw Refusal{ONR_ERROR_USAGE, "no such operator"};
}

/* A query of two, which it takes. */
OnrXapQuery *pair(Xapian::Query::op op, OnrXapQuery *left, OnrXapQuery *right, GError **error) noexcept {
  OnrXapQuery *both[] = {left, right};
  const Children children{both, 2};
  if (is_any_missing(children))
    return nullptr;
  return guard_make<OnrXapQuery>(error, {"make a query"},
                                 [&] { return make_query(Xapian::Query(op, left->query, right->query)); });
}

} // namespace

void onr_xap_query_free(OnrXapQuery *query) {
  delete query;
}

OnrXapQuery *onr_xap_query_all(GError **error) {
  return guard_make<OnrXapQuery>(error, {"make a query"},
                                 [] { return make_query(Xapian::Query(std::string())); });
}

OnrXapQuery *onr_xap_query_none(GError **error) {
  return guard_make<OnrXapQuery>(error, {"make a query"}, [] { return make_query(Xapian::Query()); });
}

OnrXapQuery *onr_xap_query_term(const char *term, gsize length, guint wqf, GError **error) {
  return guard_make<OnrXapQuery>(error, {"ask for the term", {term, length}},
                                 [&] { return make_query(Xapian::Query(term_of(term, length), wqf)); });
}

OnrXapQuery *onr_xap_query_group(OnrXapOperator op, OnrXapQuery *const *children, guint n, guint window,
                                 GError **error) {
  const Children taken{children, n};
  if (is_any_missing(taken))
    return nullptr;
  return guard_make<OnrXapQuery>(error, {"make a query"}, [&] {
    const Xapian::Query::op how = operator_of(op);
    if (!n)
      throw Refusal{ONR_ERROR_USAGE, "a group has at least one member"};
    if (n == 1)
      return make_query(children[0]->query);
    std::vector<Xapian::Query> parts;
    std::for_each(children, children + n, [&](const OnrXapQuery *child) { parts.push_back(child->query); });
    return make_query(Xapian::Query(how, parts.begin(), parts.end(), window));
  });
}

OnrXapQuery *onr_xap_query_and_not(OnrXapQuery *query, OnrXapQuery *minus, GError **error) {
  return pair(Xapian::Query::OP_AND_NOT, query, minus, error);
}

OnrXapQuery *onr_xap_query_filter(OnrXapQuery *query, OnrXapQuery *condition, GError **error) {
  return pair(Xapian::Query::OP_FILTER, query, condition, error);
}

OnrXapQuery *onr_xap_query_scale(OnrXapQuery *query, double factor, GError **error) {
  const Children taken{&query, 1};
  if (!query)
    return nullptr;
  return guard_make<OnrXapQuery>(error, {"make a query"}, [&] {
    if (!std::isfinite(factor) || factor < 0)
      throw Refusal{ONR_ERROR_USAGE, "a weight's factor is a number from 0"};
    return make_query(Xapian::Query(factor, query->query));
  });
}

OnrXapQuery *onr_xap_query_range(guint slot, const char *low, gsize low_length, const char *high,
                                 gsize high_length, GError **error) {
  return guard_make<OnrXapQuery>(error, {"ask for a range"}, [&] {
    if (!low_length)
      throw Refusal{ONR_ERROR_USAGE, "it would begin with documents that have no value"};
    return make_query(Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, std::string(low, low_length),
                                    text_of(high, high_length)));
  });
}

namespace {

/* Numbers within each part, by what Xapian calls the part: it asks the source part by part, and does not say
   which is the how manieth. */
using PartDocids = std::map<std::string, std::vector<Xapian::docid>>;

class DocidSource : public Xapian::PostingSource {
public:
  explicit DocidSource(std::shared_ptr<const PartDocids> of) : parts(std::move(of)) {
  }
  DocidSource *clone() const override {
    return new DocidSource(parts);
  }
  void init(const Xapian::Database &part) override {
    const auto found = parts->find(part.get_uuid());
    begin = at = found == parts->end() ? nullptr : found->second.data();
    end = found == parts->end() ? nullptr : begin + found->second.size();
    is_before_first = true;
  }
  Xapian::doccount get_termfreq_min() const override {
    return static_cast<Xapian::doccount>(end - begin);
  }
  Xapian::doccount get_termfreq_est() const override {
    return get_termfreq_min();
  }
  Xapian::doccount get_termfreq_max() const override {
    return get_termfreq_min();
  }
  void next(double) override {
    if (!is_before_first)
      ++at;
    is_before_first = false;
  }
  void skip_to(Xapian::docid least, double) override {
    is_before_first = false;
    at = std::lower_bound(at, end, least);
  }
  bool at_end() const override {
    return at == end;
  }
  Xapian::docid get_docid() const override {
    return *at;
  }
  std::string get_description() const override {
    std::size_t n = 0;
    for (const auto &part : *parts)
      n += part.second.size();
    return std::to_string(n) + " documents";
  }

private:
  std::shared_ptr<const PartDocids> parts;
  const Xapian::docid *begin = nullptr, *end = nullptr, *at = nullptr;
  bool is_before_first = true;
};

} // namespace

OnrXapQuery *onr_xap_query_docids(const OnrXapDatabase *db, const guint32 *docids, gsize n, GError **error) {
  return guard_make<OnrXapQuery>(error, task_of("ask for documents by number", db), [&] {
    if (db->is_remote)
      throw Refusal{ONR_ERROR_USAGE, "a server is not asked by number"};
    const std::size_t n_parts = db->parts.size();
    std::vector<std::vector<Xapian::docid>> numbers(n_parts);
    std::for_each(docids, docids + n, [&](guint32 docid) {
      numbers.at((docid - 1) % n_parts).push_back((docid - 1) / static_cast<guint32>(n_parts) + 1);
    });
    const auto parts = std::make_shared<PartDocids>();
    for (std::size_t i = 0; i < n_parts; i++)
      (*parts)[db->parts[i].get_uuid()] = std::move(numbers[i]);
    return make_query(Xapian::Query((new DocidSource(parts))->release()));
  });
}

char *onr_xap_query_describe(const OnrXapQuery *query, GError **error) {
  return guard(error, {"describe a query"}, static_cast<char *>(nullptr),
               [&] { return g_strdup(query->query.get_description().c_str()); });
}

/* --- searching --- */

namespace {

bool is_weighted(OnrXapOrder order) {
  return order == ONR_XAP_BY_WEIGHT_THEN_VALUE || order == ONR_XAP_BY_VALUE_THEN_WEIGHT;
}

/* Weighs nothing, but asks for frequencies. With BoolWeight, Xapian 1.4 would take the list of all documents
   for a term that all of them have, under the term's name, and then not find that list's next piece:
   "Unexpected end of posting list" (1.4.22). */
class NoWeight : public Xapian::Weight {
public:
  NoWeight() {
    need_stat(WDF);
  }
  NoWeight *clone() const override {
    return new NoWeight;
  }
  void init(double) override {
  }
  double get_sumpart(Xapian::termcount, Xapian::termcount, Xapian::termcount) const override {
    return 0;
  }
  double get_maxpart() const override {
    return 0;
  }
  double get_sumextra(Xapian::termcount, Xapian::termcount) const override {
    return 0;
  }
  double get_maxextra() const override {
    return 0;
  }
};

/* A value that no document has. */
constexpr Xapian::valueno no_slot = Xapian::BAD_VALUENO - 1;

/* Servers know only Xapian's own schemes: what is weighed for nothing must not order. */
void set_weighting(Xapian::Enquire &enquire, const OnrXapDatabase *db, const OnrXapSpec *spec) {
  if (is_weighted(spec->order))
    enquire.set_weighting_scheme(
        Xapian::BM25Weight(spec->k1, spec->k2, spec->k3, spec->b, spec->min_normlen));
  else if (db->is_remote)
    enquire.set_weighting_scheme(Xapian::BM25Weight());
  else
    enquire.set_weighting_scheme(NoWeight());
}

void set_order(Xapian::Enquire &enquire, const OnrXapDatabase *db, const OnrXapSpec *spec) {
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  switch (spec->order) {
  case ONR_XAP_BY_DOCID:
    if (db->is_remote)
      enquire.set_sort_by_value(no_slot, false);
    return;
  case ONR_XAP_BY_WEIGHT_THEN_VALUE:
    enquire.set_sort_by_relevance_then_value(spec->slot, false);
    return;
  case ONR_XAP_BY_VALUE_THEN_WEIGHT:
    enquire.set_sort_by_value_then_relevance(spec->slot, true);
    return;
  case ONR_XAP_BY_VALUE:
    enquire.set_sort_by_value(spec->slot, false);
    return;
  }
  throw Refusal{ONR_ERROR_USAGE, "no such order"};
}

void fill_matches(OnrXapMatches *out, const Xapian::MSet &found, bool weighs) {
  out->n_matches = found.get_matches_estimated();
  out->items = g_array_sized_new(FALSE, FALSE, sizeof(OnrXapMatch), found.size());
  for (Xapian::MSetIterator it = found.begin(); it != found.end(); ++it) {
    const OnrXapMatch match = {*it, weighs ? it.get_weight() : 0};
    g_array_append_val(out->items, match);
  }
}

/* How many documents have each value, less its last bytes; "" stands for those without. */
class ValueCounts {
public:
  explicit ValueCounts(std::size_t tail) : n_tail(tail) {
  }
  void add(const std::string &value, guint64 n) {
    const std::string_view head(value.data(), value.size() - std::min(n_tail, value.size()));
    if (latest == counts.end() || latest->first != head) /* neighbours are often alike */
      latest = counts.try_emplace(std::string(head), 0).first;
    latest->second += n;
  }
  void report(const OnrXapSpec *spec) {
    const guint64 n_without = counts[std::string()];
    for (const auto &[value, n] : counts)
      if (!value.empty())
        spec->each_value(value.data(), value.size(), n, spec->data);
    if (n_without)
      spec->each_value("", 0, n_without, spec->data);
  }

private:
  const std::size_t n_tail;
  std::map<std::string, guint64, std::less<>> counts;
  decltype(counts)::iterator latest = counts.end();
};

/* Reads the slot as the order does, so that one that orders is read once for both: what takes most of the
   time of a search with many matches. */
class LocalSpy : public Xapian::MatchSpy {
public:
  LocalSpy(Xapian::valueno of, ValueCounts &into) : slot(of), counts(into) {
  }
  void operator()(const Xapian::Document &document, double) override {
    counts.add(document.get_value(slot), 1);
  }

private:
  const Xapian::valueno slot;
  ValueCounts &counts;
};

/* Servers know only Xapian's own spy, which does not keep count of documents without value. */
void add_served(ValueCounts &counts, const Xapian::ValueCountMatchSpy &spy, guint64 n_matches) {
  guint64 n_without = n_matches;
  for (Xapian::TermIterator it = spy.values_begin(); it != spy.values_end(); ++it) {
    n_without -= it.get_termfreq();
    counts.add(*it, it.get_termfreq());
  }
  counts.add(std::string(), n_without);
}

/* Xapian 1.4 shows the spy some documents of a remote part twice where several parts are merged by value. */
bool is_miscounted(const OnrXapDatabase *db) {
  return db->is_remote && db->db.size() > 1;
}

/* A match of its own, which orders nothing and gives nothing. */
void count_apart(OnrXapDatabase *db, const OnrXapQuery *query, Xapian::MatchSpy *spy) {
  Xapian::Enquire enquire(db->db);
  enquire.set_query(query->query);
  enquire.add_matchspy(spy);
  enquire.get_mset(0, 0, db->db.get_doccount());
}

void search(OnrXapDatabase *db, const OnrXapQuery *query, const OnrXapSpec *spec, OnrXapMatches *out) {
  ValueCounts counts(spec->count_tail);
  LocalSpy local(spec->count_slot, counts); /* before the enquire, which points to it */
  Xapian::ValueCountMatchSpy served(spec->count_slot);
  Xapian::MatchSpy *spy = db->is_remote ? static_cast<Xapian::MatchSpy *>(&served) : &local;
  Xapian::Enquire enquire(db->db);
  enquire.set_query(query->query);
  set_weighting(enquire, db, spec);
  set_order(enquire, db, spec);
  if (spec->each_value && !is_miscounted(db))
    enquire.add_matchspy(spy);
  const guint32 total = db->db.get_doccount();
  const guint32 first = std::min(spec->first, total);
  const guint32 n = std::min(spec->n, total - first);
  const guint32 check_at_least = spec->is_exact || spec->each_value ? total : 0;
  fill_matches(out, enquire.get_mset(first, n, check_at_least), is_weighted(spec->order));
  if (!spec->each_value)
    return;
  if (is_miscounted(db))
    count_apart(db, query, spy);
  if (db->is_remote)
    add_served(counts, served, out->n_matches);
  counts.report(spec);
}

} // namespace

void onr_xap_matches_clear(OnrXapMatches *matches) {
  g_clear_pointer(&matches->items, g_array_unref);
  matches->n_matches = 0;
}

gboolean onr_xap_database_search(OnrXapDatabase *db, const OnrXapQuery *query, const OnrXapSpec *spec,
                                 OnrXapMatches *out, GError **error) {
  onr_xap_matches_clear(out);
  return guard_do(error, task_of("search", db), [&] {
    if (db->db.size())
      search(db, query, spec, out);
    else /* Xapian refuses to look into nothing */
      out->items = g_array_new(FALSE, FALSE, sizeof(OnrXapMatch));
  });
}

/* --- upkeep --- */

namespace {

/* FULL splits entries wherever that saves space, which later updates take as they take any other; FULLER
   alone makes entries that updates would have to undo. */
constexpr unsigned compact_flags =
    static_cast<unsigned>(Xapian::DBCOMPACT_NO_RENUMBER) | Xapian::Compactor::FULL;

} // namespace

gboolean onr_xap_compact(const char *const *paths, guint n, const char *to, GError **error) {
  return guard_do(error, {"write a compact database to", to}, [&] {
    if (!n)
      throw Refusal{ONR_ERROR_USAGE, "there is nothing to compact"};
    if (g_file_test(to, G_FILE_TEST_EXISTS))
      throw Refusal{ONR_ERROR_USAGE, "there is something already"};
    MetadataMerger merger;
    Xapian::Database all;
    std::for_each(paths, paths + n, [&](const char *path) { all.add_database(Xapian::Database(path)); });
    all.compact(to, compact_flags, 0, merger);
  });
}

namespace {

/* The last line of a report; without one of them Xapian's check has not come to its end. */
constexpr char sound = '+', damaged = '-', refused = '!';

/* Writes to a descriptor at once, so that what comes before a crash is not lost. */
class Descriptor : public std::streambuf {
public:
  explicit Descriptor(int number) : fd(number) {
  }

protected:
  int_type overflow(int_type byte) override {
    const char only = traits_type::to_char_type(byte);
    return xsputn(&only, 1) == 1 ? byte : traits_type::eof();
  }
  std::streamsize xsputn(const char *bytes, std::streamsize n) override {
    return write(fd, bytes, static_cast<std::size_t>(n));
  }

private:
  int fd;
};

/* That a table's file is not there is a fault of the database; that it may not be opened is not. */
char verdict_of(const Xapian::DatabaseOpeningError &thrown) {
  const char *system = thrown.get_error_string();
  return !system || !std::strcmp(system, g_strerror(ENOENT)) ? damaged : refused;
}

void report_check(const char *path, std::ostream &report) {
  try {
    const std::size_t n_faults = Xapian::Database::check(path, 0, &report);
    report << '\n' << (n_faults ? damaged : sound);
  } catch (const Xapian::DatabaseOpeningError &thrown) {
    report << '\n' << thrown.get_msg() << '\n' << verdict_of(thrown);
  } catch (const Xapian::Error &thrown) {
    report << '\n' << thrown.get_msg() << '\n' << damaged;
  } catch (const std::exception &thrown) {
    report << '\n' << thrown.what() << '\n' << damaged;
  }
}

/* The child's side: says nothing but to FD, leaves no core, runs no destructor of the parent's. */
[[noreturn]] void run_check(const char *path, int fd) noexcept {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDERR_FILENO);
  const rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  Descriptor buffer(fd);
  std::ostream report(&buffer);
  report_check(path, report);
  _exit(0);
}

std::string read_all(int fd) {
  std::string text;
  char bytes[4096];
  ssize_t n;
  while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
    text.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
  return text;
}

/* libxapian 1.4.22 crashes or calls std::terminate on about one of thirty damaged bytes, where no catch
 * helps. */
std::string check_in_child(const char *path) {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC))
    throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t child = fork();
  if (!child)
    run_check(path, fds[1]);
  const int why = errno;
  close(fds[1]);
  const std::string report = child > 0 ? read_all(fds[0]) : std::string();
  close(fds[0]);
  if (child < 0)
    throw std::system_error(why, std::generic_category(), "fork");
  while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
  }
  return report;
}

/* One of the above, or NUL. */
char verdict_of(const std::string &report) {
  const std::size_t n = report.size();
  return n >= 2 && report[n - 2] == '\n' ? report[n - 1] : '\0';
}

/* The line before a verdict. */
std::string last_line(std::string report) {
  report.resize(report.size() - std::strlen("\n!"));
  const std::size_t end = report.rfind('\n');
  return end == std::string::npos ? report : report.substr(end + 1);
}

/* What Xapian says about tables in which there is nothing to find. */
bool is_news(const std::string &line) {
  return !line.empty() && line.find("checked OK") == std::string::npos && line != "Continuing check anyway" &&
         line != "Lazily created, and not yet used." && line != "Not present.";
}

/* A line that is only a table's name and a colon is the heading of those that follow. */
void append_findings(const std::string &report, GPtrArray *findings) {
  std::istringstream lines(report);
  std::string table;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == ':' && line.find(' ') == std::string::npos)
      table = line + ' ';
    else if (is_news(line))
      g_ptr_array_add(findings, line_of(table + line));
  }
}

} // namespace

gboolean onr_xap_check(const char *path, GPtrArray *findings, GError **error) {
  const Task task = {"check", path};
  return guard_do(error, task, [&] {
    if (is_missing(task))
      throw Refusal{ONR_ERROR_NOT_FOUND, "there is nothing"};
    std::string report = check_in_child(path);
    const char verdict = verdict_of(report);
    if (verdict == sound)
      return;
    if (verdict == refused)
      throw std::runtime_error(last_line(report));
    if (verdict == damaged)
      report.pop_back();
    else
      report += "\nthe check crashed on it";
    append_findings(report, findings);
  });
}
