using System.IO.Compression;
using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Tables;

public sealed class ForeignFileTests
{
    [TestCase("{\"id\": 1, \"y\": \"a\"}\n{\"id\": 2}\n", "is JSON; write it as CSV")]
    [TestCase("  [ { \"id\": 1 } ]", "is JSON")]
    [TestCase("\uFEFF<!DOCTYPE html>\n<html></html>", "is a web page")]
    [TestCase("<HTML><body>404", "is a web page")]
    [TestCase("<?xml version='1.0'?><a/>", "is XML")]
    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:4d\n", "is a pointer of Git LFS, not the file itself; fetch it: git lfs pull")]
    [TestCase("SQLite format 3\0", "is an SQLite database")]
    [TestCase("PK\u0003\u0004xl/workbook.xml", "is a zip archive or an Excel workbook (.xlsx)")]
    [TestCase("ARROW1\0\0", "is an Arrow (Feather) file; write it as Parquet")]
    public void Refuse_SaysWhatItIs(string text, string expected) =>
        Assert.That(Assert.Throws<UserErrorException>(() => ForeignFile.Refuse("t.csv", Encoding.UTF8.GetBytes(text)))!.Message, Does.StartWith("t.csv: is ").And.Contain(expected));

    [TestCase("{a},b\n1,2\n")]
    [TestCase("[0;1],b\n1,2\n")]
    [TestCase("{\"a\n")]
    [TestCase("id,y\n1,{\"a\": 1}\n")]
    [TestCase("PK,y\n1,2\n")]
    [TestCase("")]
    public void Refuse_WhatMayBeATable_IsLeftAlone(string text) => Assert.DoesNotThrow(() => ForeignFile.Refuse("t.csv", Encoding.UTF8.GetBytes(text)));

    [Test]
    public void Flag_CompressedTable_SaysHowToUnpackIt()
    {
        using var folder = new TempFolder();
        var path = folder["t.csv.gz"];
        using (var file = new GZipStream(File.Create(path), CompressionLevel.Fastest)) file.Write(Encoding.UTF8.GetBytes(SmallTable.Csv()));

        Assert.That(CliRun.Refused("flag", path, "--task", SmallTable.KindTask), Does.Contain("t.csv.gz: is compressed by gzip; unpack it first: gunzip -k FILE."));
    }
}
