/// The files of the web page and of the page of a labelled proteome, as they are in data/page/.
#ifndef CSTRANDPAGE_H
#define CSTRANDPAGE_H

struct strand_page_file {
    const char *name;
    const unsigned char *bytes;
    long size;
};

extern const int strand_page_file_count;

struct strand_page_file strand_page_file(int index);

#endif
